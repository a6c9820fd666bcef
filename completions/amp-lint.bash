# Made by `make docs` from the options of the commands.

_shtab_amp_lint_subparsers=(check rule show schedule init schema format providers pull changes graph server)

_shtab_amp_lint_check_option_strings=(--select --ignore --severity --fail-on --strict --fix --unsafe-fixes --diff --config --isolated --force-exclude -p --project --snapshot --group --key-file --api-url --timeout --stdin-filename --output-format --output-file --report-root --statistics --quiet --color --debug --jobs -h --help)
_shtab_amp_lint_rule_option_strings=(--output-format --color --debug -h --help)
_shtab_amp_lint_show_option_strings=(--path --debug -h --help)
_shtab_amp_lint_schedule_option_strings=(--from --color --debug -h --help)
_shtab_amp_lint_init_option_strings=(--provider --module --object --write --subscribe --destination --name --output --force --debug -h --help)
_shtab_amp_lint_schema_option_strings=(--debug -h --help)
_shtab_amp_lint_format_option_strings=(--check --diff --stdin-filename --config --isolated --force-exclude --quiet --color --debug -h --help)
_shtab_amp_lint_providers_option_strings=(--output-format --color --debug -h --help)
_shtab_amp_lint_pull_option_strings=(-p --project --group --key-file --api-url --timeout --catalog --with-customers -o --output --debug -h --help)
_shtab_amp_lint_changes_option_strings=(--against --select --ignore --severity --fail-on --strict --config --isolated --force-exclude -p --project --snapshot --group --key-file --api-url --timeout --stdin-filename --output-format --output-file --report-root --statistics --quiet --color --debug -h --help)
_shtab_amp_lint_graph_option_strings=(--format --against --snapshot --debug -h --help)
_shtab_amp_lint_server_option_strings=()
_shtab_amp_lint_option_strings=(--version -h --help)

_shtab_amp_lint_check_pos_0_COMPGEN=_shtab_compgen_files
_shtab_amp_lint_check___config_COMPGEN=_shtab_compgen_files
_shtab_amp_lint_check___snapshot_COMPGEN=_shtab_compgen_files
_shtab_amp_lint_check___key_file_COMPGEN=_shtab_compgen_files
_shtab_amp_lint_check___output_file_COMPGEN=_shtab_compgen_files
_shtab_amp_lint_show_pos_0_COMPGEN=_shtab_compgen_files
_shtab_amp_lint_show___path_COMPGEN=_shtab_compgen_files
_shtab_amp_lint_init___output_COMPGEN=_shtab_compgen_files
_shtab_amp_lint_format_pos_0_COMPGEN=_shtab_compgen_files
_shtab_amp_lint_format___config_COMPGEN=_shtab_compgen_files
_shtab_amp_lint_pull_pos_0_COMPGEN=_shtab_compgen_files
_shtab_amp_lint_pull___key_file_COMPGEN=_shtab_compgen_files
_shtab_amp_lint_pull__o_COMPGEN=_shtab_compgen_files
_shtab_amp_lint_pull___output_COMPGEN=_shtab_compgen_files
_shtab_amp_lint_changes_pos_0_COMPGEN=_shtab_compgen_files
_shtab_amp_lint_changes___config_COMPGEN=_shtab_compgen_files
_shtab_amp_lint_changes___snapshot_COMPGEN=_shtab_compgen_files
_shtab_amp_lint_changes___key_file_COMPGEN=_shtab_compgen_files
_shtab_amp_lint_changes___output_file_COMPGEN=_shtab_compgen_files
_shtab_amp_lint_graph_pos_0_COMPGEN=_shtab_compgen_files
_shtab_amp_lint_graph___snapshot_COMPGEN=_shtab_compgen_files

_shtab_amp_lint_check___select_choices=(always-enabled-added always-enabled-fields always-enabled-removed association-event-provider backfill-changed backfill-config delivery-changed delivery-deprecated delivery-mode destination-changed destination-check-failed destination-exists destination-name-format destination-near-miss duplicate-event-entry duplicate-field duplicate-integration-name duplicate-object-mapping duplicate-read-object duplicate-subscribe-object duplicate-write-object empty-value field-exists field-identity field-kind-exclusive field-made-optional field-mapping-changed field-mapping-jsonpath field-mapping-unique field-near-miss field-not-writable field-removed google-calendar-backfill integration-name-case integration-name-format integration-name-length integration-orphaned integration-removed integration-renamed integration-structure invalid-type invalid-value key-case large-backfill-risk merge-order missing-schedule module-changed name-characters object-check-failed object-exists object-mapping-changed object-name-case-changed object-near-miss octal-integer optional-fields-auto-removed other-event-standard provider-app-check-failed provider-app-not-configured provider-capability-proxy provider-capability-read provider-capability-subscribe provider-capability-write provider-changed provider-module provider-not-supported proxy-base-changed proxy-disabled read-object-removed read-objects read-without-fields required-field required-field-added required-mapping-added salesforce-subscribe-limit schedule-changed schedule-minimum-interval schedule-never-runs schedule-nonstandard schedule-step-overflow schedule-sunday-range schedule-syntax schedule-uneven snowflake-backfill spec-version subscribe-event-added subscribe-event-removed subscribe-inherit-fields subscribe-minimum-events subscribe-object-removed subscribe-objects subscribe-requires-read unknown-ignore unknown-key unused-ignore update-event-watch-fields user-mapping-incomplete watch-field-undeclared watch-fields-narrowed watch-fields-no-nesting watch-fields-selected watch-schema-changed watch-schema-removed write-inherit-mapping write-mapping-changed write-object-removed write-objects yaml-ambiguous-scalar yaml-duplicate-key yaml-extra-document yaml-syntax yaml-unsupported)
_shtab_amp_lint_check___ignore_choices=(always-enabled-added always-enabled-fields always-enabled-removed association-event-provider backfill-changed backfill-config delivery-changed delivery-deprecated delivery-mode destination-changed destination-check-failed destination-exists destination-name-format destination-near-miss duplicate-event-entry duplicate-field duplicate-integration-name duplicate-object-mapping duplicate-read-object duplicate-subscribe-object duplicate-write-object empty-value field-exists field-identity field-kind-exclusive field-made-optional field-mapping-changed field-mapping-jsonpath field-mapping-unique field-near-miss field-not-writable field-removed google-calendar-backfill integration-name-case integration-name-format integration-name-length integration-orphaned integration-removed integration-renamed integration-structure invalid-type invalid-value key-case large-backfill-risk merge-order missing-schedule module-changed name-characters object-check-failed object-exists object-mapping-changed object-name-case-changed object-near-miss octal-integer optional-fields-auto-removed other-event-standard provider-app-check-failed provider-app-not-configured provider-capability-proxy provider-capability-read provider-capability-subscribe provider-capability-write provider-changed provider-module provider-not-supported proxy-base-changed proxy-disabled read-object-removed read-objects read-without-fields required-field required-field-added required-mapping-added salesforce-subscribe-limit schedule-changed schedule-minimum-interval schedule-never-runs schedule-nonstandard schedule-step-overflow schedule-sunday-range schedule-syntax schedule-uneven snowflake-backfill spec-version subscribe-event-added subscribe-event-removed subscribe-inherit-fields subscribe-minimum-events subscribe-object-removed subscribe-objects subscribe-requires-read unknown-ignore unknown-key unused-ignore update-event-watch-fields user-mapping-incomplete watch-field-undeclared watch-fields-narrowed watch-fields-no-nesting watch-fields-selected watch-schema-changed watch-schema-removed write-inherit-mapping write-mapping-changed write-object-removed write-objects yaml-ambiguous-scalar yaml-duplicate-key yaml-extra-document yaml-syntax yaml-unsupported)
_shtab_amp_lint_check___fail_on_choices=(error warning info never)
_shtab_amp_lint_check___output_format_choices=(concise github gitlab json junit markdown sarif text)
_shtab_amp_lint_check___color_choices=(auto always never)
_shtab_amp_lint_rule_pos_0_choices=(always-enabled-added always-enabled-fields always-enabled-removed association-event-provider backfill-changed backfill-config delivery-changed delivery-deprecated delivery-mode destination-changed destination-check-failed destination-exists destination-name-format destination-near-miss duplicate-event-entry duplicate-field duplicate-integration-name duplicate-object-mapping duplicate-read-object duplicate-subscribe-object duplicate-write-object empty-value field-exists field-identity field-kind-exclusive field-made-optional field-mapping-changed field-mapping-jsonpath field-mapping-unique field-near-miss field-not-writable field-removed google-calendar-backfill integration-name-case integration-name-format integration-name-length integration-orphaned integration-removed integration-renamed integration-structure invalid-type invalid-value key-case large-backfill-risk merge-order missing-schedule module-changed name-characters object-check-failed object-exists object-mapping-changed object-name-case-changed object-near-miss octal-integer optional-fields-auto-removed other-event-standard provider-app-check-failed provider-app-not-configured provider-capability-proxy provider-capability-read provider-capability-subscribe provider-capability-write provider-changed provider-module provider-not-supported proxy-base-changed proxy-disabled read-object-removed read-objects read-without-fields required-field required-field-added required-mapping-added salesforce-subscribe-limit schedule-changed schedule-minimum-interval schedule-never-runs schedule-nonstandard schedule-step-overflow schedule-sunday-range schedule-syntax schedule-uneven snowflake-backfill spec-version subscribe-event-added subscribe-event-removed subscribe-inherit-fields subscribe-minimum-events subscribe-object-removed subscribe-objects subscribe-requires-read unknown-ignore unknown-key unused-ignore update-event-watch-fields user-mapping-incomplete watch-field-undeclared watch-fields-narrowed watch-fields-no-nesting watch-fields-selected watch-schema-changed watch-schema-removed write-inherit-mapping write-mapping-changed write-object-removed write-objects yaml-ambiguous-scalar yaml-duplicate-key yaml-extra-document yaml-syntax yaml-unsupported)
_shtab_amp_lint_rule___output_format_choices=(text json)
_shtab_amp_lint_rule___color_choices=(auto always never)
_shtab_amp_lint_schedule___color_choices=(auto always never)
_shtab_amp_lint_init___provider_choices=(aWeber accuLynx activeCampaign acuityScheduling adobe adyen adyenTest aha aircall airtable amplemarket amplitude anthropic apollo asana ashby atlassian attio avoma aws basecamp bentley bigquery bird bitbucket blackbaud blueshift blueshiftEU box braintree braze breakcold breezy brevo bynder calendly callRail campaignMonitor capsule chargeOver chargebee chartMogul chilipiper chorus clari clariCopilot clickup close cloudTalk coda connectWise constantContact copper coupa crunchbase customerDataPipelines customerJourneysApp customerJourneysTrack deel deelSandbox delighted devrev discord discourse dixa docusign docusignDeveloper domo dovetail drift drip dropbox dropboxSign dynamicsBusinessCentral dynamicsCRM emailBison fastSpring fathom figma fireflies flatfile formstack fourFour freshchat freshdesk freshsales freshservice front g2 gainsight geckoboard getResponse github gitlab gladly gladlyQA goTo gong google googleWorkspaceDelegation gorgias granola greenhouse greenhouseJobBoard groove guru gusto gustoDemo happyfox helpScoutMailbox heyreach highLevelStandard highLevelWhiteLabel hightouch hive housecallPro hubspot hunter insightly instagram instantly instantlyAI intercom ironclad ironcladDemo ironcladEU iterable jobber joinMe jotform jump justCall kaseyaVSAX keap kit klaviyo lemlist lever leverSandbox linear linkedIn livestorm loxo mailgun marketo maxio meta microsoft microsoftAdminConsent miro mixmax mixpanel monaco monday mural netsuite netsuiteM2M notion nutshell odoo okta openAI outplay outreach paddle paddleSandbox payPal payPalSandBox phoneBurner pinterest pipedrive pipeliner podium procore procoreSandbox productBoard pylon quickbooks quickbooksSandbox ramp rampDemo rebilly recurly redditAds redtail reply revenueCat ringCentral ringOverEU ringOverUS sageIntacct salesfinity salesflare salesforce salesforceJWT salesforceMarketing salesloft segment seismic sellsy sendGrid serviceNow serviceNowPKCE shopify slack smartlead smartsheet snapchatAds snowflake solarWindsServiceDesk square squareSandbox stackExchange stripe sugarCRM superSend surveyMonkey talkdesk teamleader teamwork timely tipalti typeform vtiger wealthbox webex webflow whereby wordPress workday wrike xero zendeskChat zendeskSupport zoho zoom zoomInfo zuora)
_shtab_amp_lint_format___color_choices=(auto always never)
_shtab_amp_lint_providers_pos_0_choices=(aWeber accuLynx activeCampaign acuityScheduling adobe adyen adyenTest aha aircall airtable amplemarket amplitude anthropic apollo asana ashby atlassian attio avoma aws basecamp bentley bigquery bird bitbucket blackbaud blueshift blueshiftEU box braintree braze breakcold breezy brevo bynder calendly callRail campaignMonitor capsule chargeOver chargebee chartMogul chilipiper chorus clari clariCopilot clickup close cloudTalk coda connectWise constantContact copper coupa crunchbase customerDataPipelines customerJourneysApp customerJourneysTrack deel deelSandbox delighted devrev discord discourse dixa docusign docusignDeveloper domo dovetail drift drip dropbox dropboxSign dynamicsBusinessCentral dynamicsCRM emailBison fastSpring fathom figma fireflies flatfile formstack fourFour freshchat freshdesk freshsales freshservice front g2 gainsight geckoboard getResponse github gitlab gladly gladlyQA goTo gong google googleWorkspaceDelegation gorgias granola greenhouse greenhouseJobBoard groove guru gusto gustoDemo happyfox helpScoutMailbox heyreach highLevelStandard highLevelWhiteLabel hightouch hive housecallPro hubspot hunter insightly instagram instantly instantlyAI intercom ironclad ironcladDemo ironcladEU iterable jobber joinMe jotform jump justCall kaseyaVSAX keap kit klaviyo lemlist lever leverSandbox linear linkedIn livestorm loxo mailgun marketo maxio meta microsoft microsoftAdminConsent miro mixmax mixpanel monaco monday mural netsuite netsuiteM2M notion nutshell odoo okta openAI outplay outreach paddle paddleSandbox payPal payPalSandBox phoneBurner pinterest pipedrive pipeliner podium procore procoreSandbox productBoard pylon quickbooks quickbooksSandbox ramp rampDemo rebilly recurly redditAds redtail reply revenueCat ringCentral ringOverEU ringOverUS sageIntacct salesfinity salesflare salesforce salesforceJWT salesforceMarketing salesloft segment seismic sellsy sendGrid serviceNow serviceNowPKCE shopify slack smartlead smartsheet snapchatAds snowflake solarWindsServiceDesk square squareSandbox stackExchange stripe sugarCRM superSend surveyMonkey talkdesk teamleader teamwork timely tipalti typeform vtiger wealthbox webex webflow whereby wordPress workday wrike xero zendeskChat zendeskSupport zoho zoom zoomInfo zuora)
_shtab_amp_lint_providers___output_format_choices=(text json)
_shtab_amp_lint_providers___color_choices=(auto always never)
_shtab_amp_lint_changes___fail_on_choices=(error warning info never)
_shtab_amp_lint_changes___output_format_choices=(concise github gitlab json junit markdown sarif text)
_shtab_amp_lint_changes___color_choices=(auto always never)
_shtab_amp_lint_graph___format_choices=(mermaid markdown svg)
_shtab_amp_lint_pos_0_choices=(check rule show schedule init schema format providers pull changes graph server)

_shtab_amp_lint_check_pos_0_nargs='*'
_shtab_amp_lint_check___strict_nargs=0
_shtab_amp_lint_check___fix_nargs=0
_shtab_amp_lint_check___unsafe_fixes_nargs=0
_shtab_amp_lint_check___diff_nargs=0
_shtab_amp_lint_check___isolated_nargs=0
_shtab_amp_lint_check___force_exclude_nargs=0
_shtab_amp_lint_check___statistics_nargs=0
_shtab_amp_lint_check___quiet_nargs=0
_shtab_amp_lint_check___debug_nargs=0
_shtab_amp_lint_check__h_nargs=0
_shtab_amp_lint_check___help_nargs=0
_shtab_amp_lint_rule_pos_0_nargs='*'
_shtab_amp_lint_rule___debug_nargs=0
_shtab_amp_lint_rule__h_nargs=0
_shtab_amp_lint_rule___help_nargs=0
_shtab_amp_lint_show_pos_0_nargs='*'
_shtab_amp_lint_show___debug_nargs=0
_shtab_amp_lint_show__h_nargs=0
_shtab_amp_lint_show___help_nargs=0
_shtab_amp_lint_schedule_pos_0_nargs='*'
_shtab_amp_lint_schedule___debug_nargs=0
_shtab_amp_lint_schedule__h_nargs=0
_shtab_amp_lint_schedule___help_nargs=0
_shtab_amp_lint_init___write_nargs=0
_shtab_amp_lint_init___subscribe_nargs=0
_shtab_amp_lint_init___force_nargs=0
_shtab_amp_lint_init___debug_nargs=0
_shtab_amp_lint_init__h_nargs=0
_shtab_amp_lint_init___help_nargs=0
_shtab_amp_lint_schema_pos_0_nargs='*'
_shtab_amp_lint_schema___debug_nargs=0
_shtab_amp_lint_schema__h_nargs=0
_shtab_amp_lint_schema___help_nargs=0
_shtab_amp_lint_format_pos_0_nargs='*'
_shtab_amp_lint_format___check_nargs=0
_shtab_amp_lint_format___diff_nargs=0
_shtab_amp_lint_format___isolated_nargs=0
_shtab_amp_lint_format___force_exclude_nargs=0
_shtab_amp_lint_format___quiet_nargs=0
_shtab_amp_lint_format___debug_nargs=0
_shtab_amp_lint_format__h_nargs=0
_shtab_amp_lint_format___help_nargs=0
_shtab_amp_lint_providers_pos_0_nargs='*'
_shtab_amp_lint_providers___debug_nargs=0
_shtab_amp_lint_providers__h_nargs=0
_shtab_amp_lint_providers___help_nargs=0
_shtab_amp_lint_pull_pos_0_nargs='*'
_shtab_amp_lint_pull___catalog_nargs=0
_shtab_amp_lint_pull___with_customers_nargs=0
_shtab_amp_lint_pull___debug_nargs=0
_shtab_amp_lint_pull__h_nargs=0
_shtab_amp_lint_pull___help_nargs=0
_shtab_amp_lint_changes_pos_0_nargs='*'
_shtab_amp_lint_changes___strict_nargs=0
_shtab_amp_lint_changes___isolated_nargs=0
_shtab_amp_lint_changes___force_exclude_nargs=0
_shtab_amp_lint_changes___statistics_nargs=0
_shtab_amp_lint_changes___quiet_nargs=0
_shtab_amp_lint_changes___debug_nargs=0
_shtab_amp_lint_changes__h_nargs=0
_shtab_amp_lint_changes___help_nargs=0
_shtab_amp_lint_graph_pos_0_nargs='*'
_shtab_amp_lint_graph___debug_nargs=0
_shtab_amp_lint_graph__h_nargs=0
_shtab_amp_lint_graph___help_nargs=0
_shtab_amp_lint_pos_0_nargs=A...
_shtab_amp_lint___version_nargs=0
_shtab_amp_lint__h_nargs=0
_shtab_amp_lint___help_nargs=0


# $1=COMP_WORDS[1]
_shtab_compgen_files() {
  compgen -f -- $1  # files
}

# $1=COMP_WORDS[1]
_shtab_compgen_dirs() {
  compgen -d -- $1  # recurse into subdirs
}

# $1=COMP_WORDS[1]
_shtab_replace_nonword() {
  echo "${1//[^[:word:]]/_}"
}

# set default values (called for the initial parser & any subparsers)
_set_parser_defaults() {
  local subparsers_var="${prefix}_subparsers[@]"
  sub_parsers=${!subparsers_var-}

  local current_option_strings_var="${prefix}_option_strings[@]"
  current_option_strings=${!current_option_strings_var}

  completed_positional_actions=0

  _set_new_action "pos_$completed_positional_actions" true
}

# $1=action identifier
# $2=positional action (bool)
# set all identifiers for an action's parameters
_set_new_action() {
  current_action="${prefix}_$(_shtab_replace_nonword $1)"

  local current_action_compgen_var=${current_action}_COMPGEN
  current_action_compgen="${!current_action_compgen_var-}"

  local current_action_choices_var="${current_action}_choices[@]"
  current_action_choices="${!current_action_choices_var-}"

  local current_action_nargs_var="${current_action}_nargs"
  if [ -n "${!current_action_nargs_var-}" ]; then
    current_action_nargs="${!current_action_nargs_var}"
  else
    current_action_nargs=1
  fi

  current_action_args_start_index=$(( $word_index + 1 - $pos_only ))

  current_action_is_positional=$2
}

# Notes:
# `COMPREPLY`: what will be rendered after completion is triggered
# `completing_word`: currently typed word to generate completions for
# `${!var}`: evaluates the content of `var` and expand its content as a variable
#     hello="world"
#     x="hello"
#     ${!x} -> ${hello} -> "world"
_shtab_amp_lint() {
  local completing_word="${COMP_WORDS[COMP_CWORD]}"
  local previous_word="${COMP_WORDS[COMP_CWORD-1]}"
  local completed_positional_actions
  local current_action
  local current_action_args_start_index
  local current_action_choices
  local current_action_compgen
  local current_action_is_positional
  local current_action_nargs
  local current_option_strings
  local sub_parsers
  COMPREPLY=()

  local prefix=_shtab_amp_lint
  local word_index=0
  local pos_only=0 # "--" delimiter not encountered yet
  _set_parser_defaults
  word_index=1

  # determine what arguments are appropriate for the current state
  # of the arg parser
  while [ $word_index -ne $COMP_CWORD ]; do
    local this_word="${COMP_WORDS[$word_index]}"

    if [[ $pos_only = 1 || " $this_word " != " -- " ]]; then
      if [[ -n $sub_parsers && " ${sub_parsers[@]} " == *" $this_word "* ]]; then
        # valid subcommand: add it to the prefix & reset the current action
        prefix="${prefix}_$(_shtab_replace_nonword $this_word)"
        _set_parser_defaults
      fi

      if [[ " ${current_option_strings[@]} " == *" $this_word "* ]]; then
        # a new action should be acquired (due to recognised option string or
        # no more input expected from current action);
        # the next positional action can fill in here
        _set_new_action $this_word false
      fi

      if [[ "$current_action_nargs" != "*" ]] && \
         [[ "$current_action_nargs" != "+" ]] && \
         [[ "$current_action_nargs" != "?" ]] && \
         [[ "$current_action_nargs" != *"..." ]] && \
         (( $word_index + 1 - $current_action_args_start_index - $pos_only >= \
            $current_action_nargs )); then
        $current_action_is_positional && let "completed_positional_actions += 1"
        _set_new_action "pos_$completed_positional_actions" true
      fi
    else
      pos_only=1 # "--" delimiter encountered
    fi

    let "word_index+=1"
  done

  # Generate the completions

  COMPREPLY=()
  if [[ $pos_only = 0 && "$completing_word" == -* &&
        ( -z "$current_action_compgen" || "$current_action_is_positional" = true ) ]]; then
    # optional argument started: use option strings
    while IFS= read -r line; do COMPREPLY+=("$line"); done < <(
      compgen -W "${current_option_strings[*]}" -- "$completing_word")
  elif [[ "$previous_word" =~ ^[0-9\&]*[\<\>]\>?$ ]]; then
    # handle redirection operators
    compopt -o filenames 2>/dev/null || : # bash>=4
    while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen -f -- "$completing_word")
  else
    # use choices & compgen
    local action_compgen_word="$completing_word"
    # handle tab-completing in the middle of a line (#248 <- #116)
    [[ -n "$current_action_compgen" && "$completing_word" == -* ]] && action_compgen_word=""
    [ -n "$current_action_compgen" ] && {
      [[ "$current_action_compgen" =~ _(file|dir|glob|FILE|DIR|GLOB)|File|Dir|Glob ]] &&
        compopt -o filenames 2>/dev/null || : # bash>=4
      while IFS= read -r line; do COMPREPLY+=("$line"); done < <(
        "$current_action_compgen" "$action_compgen_word")
    }
    while IFS= read -r line; do COMPREPLY+=("$line"); done < <(
      compgen -W "${current_action_choices[*]}" -- "$completing_word")
  fi

  if [[ ${#COMPREPLY[@]} = 0 ]]; then
    # native fallback matches are not necessarily filenames (e.g. variables)
    compopt +o filenames 2>/dev/null || : # bash>=4
  fi

  return 0
}

complete -o bashdefault -F _shtab_amp_lint amp-lint