"""YAML as a tree with positions.

`parser`, `pure_parser` and `tree_builder` turn text into `nodes`; `reader` also survives syntax
errors (`recovery`, `syntax_errors`); `editor` and `emitter` write YAML in the style of the file.
"""
