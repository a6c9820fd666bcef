#!/usr/bin/env bash
# basedpyright 1.40.1 (pyright's engine), 2026-11-29: `--verifytypes` does not look into the
# environment of `--pythonpath`. It takes the interpreter that is first on PATH. A check of a source
# file with the same option does use it. So a typed package that is installed in a virtual
# environment scores 0 % ("No py.typed file found"), which reads like a fault of the package.
#
# Output seen: with --pythonpath "error: No py.typed file found" and a score of 0%; with the
# environment first on PATH a score of 100%; `import` of the package in a checked file: 0 errors.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv tool
tool/bin/pip install --quiet --disable-pip-version-check basedpyright==1.40.1
python3 -m venv --without-pip user
site=$(user/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
mkdir "$site/typed_package"
touch "$site/typed_package/py.typed"
printf 'def double(number: int) -> int:\n    """Return twice a number."""\n    return 2 * number\n' \
    >"$site/typed_package/__init__.py"
printf 'from typed_package import double\n\nprint(double(1))\n' >use.py
python="$folder/user/bin/python"

tool/bin/basedpyright --level error --pythonpath "$python" use.py | grep -q '^0 errors'
by_option=$(tool/bin/basedpyright --pythonpath "$python" --verifytypes typed_package || true)
by_path=$(PATH="$folder/user/bin:$PATH" tool/bin/basedpyright --verifytypes typed_package || true)
grep -q 'No py.typed file found' <<<"$by_option"
grep -q 'completeness score: 0%' <<<"$by_option"
grep -q 'completeness score: 100%' <<<"$by_path"
echo "as stated"
