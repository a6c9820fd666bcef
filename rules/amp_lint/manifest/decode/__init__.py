"""What the platform reads: the values of a manifest, and the reasons to refuse it.

Contract: the reader of the deploy tool, which is sigs.k8s.io/yaml 1.6 on go.yaml.in/yaml/v2.
`uses` knows merge keys and duplicates, `united` the spellings of a key, `values` the types,
`refusals` what the platform refuses, `missing` what the deploy tool asks for.
"""
