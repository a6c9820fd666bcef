"""YAML as a tree with positions.

`parser` and `pure_parser` turn text into `nodes`, `reader` also survives syntax errors (`recovery`,
`syntax_errors`), `editor` and `emitter` write YAML in the style of the file.
"""
