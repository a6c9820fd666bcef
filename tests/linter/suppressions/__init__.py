"""What `amp:ignore` comments suppress, and the findings about those that suppress nothing.

`faulty_manifest` is what the tests share: a manifest with a mistake on most of its lines.
"""
