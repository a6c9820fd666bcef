"""The rule engine: rules, findings, suppressions, fixes."""
