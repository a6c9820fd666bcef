"""What a manifest means: typed views of its values, schedules, and new manifests.

`view` reads typed values of a mapping, `objects` and `model` are views of objects, integrations and
the manifest; `decode` knows how the platform reads YAML, `cron` schedules, `revision` what a change
means for installations, `graph` draws what flows where. `template` and `snippets` write new text,
`init_request` checks what `init` is asked for, `doc_urls` leads to the documentation.
"""
