"""One file per rule, or per pair of twins. `amp_lint.linter.registry` finds them by itself."""
