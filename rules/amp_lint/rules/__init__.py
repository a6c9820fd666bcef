"""One file per rule, or per pair of twins. `amp_lint.registry` finds them by itself."""
