"""What the server does, one module for each family of methods of the protocol.

A feature is a module with a function

    def register(server: AmpServer) -> None

that binds its handlers. `amp_language_server.main` lists the features.
"""
