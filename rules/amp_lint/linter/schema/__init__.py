"""Validation of a manifest's shape against the JSON Schema, with messages and fixes of our own.

`validate` runs the schema, `messages` words its errors (`key_messages`, `value_messages`,
`naming`), `meant` guesses what a misspelled or misplaced key was meant to be, `fixes` proposes
edits, `schema_error` is what the rules receive.
"""
