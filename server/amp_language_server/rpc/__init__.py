"""JSON-RPC: transport, dispatch, log and progress."""
