"""The sample kind: made-up numbers, the same for everybody who asks with the same seed. It calls nobody."""
