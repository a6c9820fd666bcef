"""JSON-RPC: transport, dispatch, and the client at the other end."""
