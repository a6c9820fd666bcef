"""JSON-RPC dispatch: which method is allowed when, and exactly one answer to each request.

pygls finds the handlers. This module decides what pygls leaves open: invalid messages are answered
as JSON-RPC requires, invalid parameters are refused by name, and no exception of a handler ends the
server.
"""

from __future__ import annotations

import contextvars
import json
import logging
from collections.abc import Callable, Generator
from concurrent.futures import Future
from enum import EnumMeta
from typing import Any, NoReturn, Protocol, Union, cast

import cattrs
from lsprotocol import types
from pygls.exceptions import (
    JsonRpcContentModified,
    JsonRpcException,
    JsonRpcInternalError,
    JsonRpcInvalidParams,
    JsonRpcInvalidRequest,
    JsonRpcMethodNotFound,
    JsonRpcParseError,
    JsonRpcRequestCancelled,
    JsonRpcServerNotInitialized,
)
from pygls.lsp.server import LanguageServer
from pygls.protocol import (
    JsonRPCRequestMessage,
    JsonRPCResponseMessage,
    LanguageServerProtocol,
    default_converter,
    lsp_method,
)
from pygls.protocol.json_rpc import JsonRPCNotification
from pygls.uris import to_fs_path

from amp_language_server.rpc.client_capabilities import well_formed
from amp_language_server.rpc.client_log import Log, messages

_log = logging.getLogger(__name__)

# `state.documents` keeps the documents; those of pygls break lines where the protocol does not.
_NOT_PYGLS = (
    types.TEXT_DOCUMENT_DID_OPEN,
    types.TEXT_DOCUMENT_DID_CHANGE,
    types.TEXT_DOCUMENT_DID_CLOSE,
    types.NOTEBOOK_DOCUMENT_DID_OPEN,
    types.NOTEBOOK_DOCUMENT_DID_CHANGE,
    types.NOTEBOOK_DOCUMENT_DID_CLOSE,
)
_PARTIAL = types.TextDocumentContentChangePartial
_WHOLE = types.TextDocumentContentChangeWholeDocument
# The handlers of these return an answer for the latest version.
_ALWAYS_LATEST = (types.TEXT_DOCUMENT_COMPLETION, types.TEXT_DOCUMENT_DIAGNOSTIC)


class Host(Protocol):
    """The server as the dispatch needs it."""

    log: Log

    def version_of(self, uri: str) -> object:
        """Return an object that is replaced whenever the document of a URI changes."""

    def begin(self, params: types.InitializeParams, able: types.ServerCapabilities) -> None:
        """Start to serve a client that has initialized the server."""

    def end(self) -> None:
        """Stop serving."""


class AmpProtocol(LanguageServerProtocol):
    """The protocol between one client and the server."""

    def __init__(self, host: Host, converter: cattrs.Converter) -> None:
        self._host = host
        self._opened = False
        # The document of each request, in the version that it had when the request came.
        self._versions: dict[str | int, tuple[str, object]] = {}
        super().__init__(cast("LanguageServer", host), converter)

    def _register_builtin_features(self) -> None:
        super()._register_builtin_features()  # type: ignore[no-untyped-call]
        for method in _NOT_PYGLS:
            self.fm.builtin_features.pop(method)

    # Incoming messages.

    def receive(self, body: bytes) -> None:
        """Handle the body of one message."""
        try:
            message = json.loads(body)
        except (ValueError, RecursionError):
            _log.warning("a message is not JSON: %r", body[:100])
            self._refuse(None, JsonRpcParseError("not JSON"))
            return
        if not isinstance(message, dict) or message.get("jsonrpc") != self.VERSION:
            self._refuse(_id_of(message), JsonRpcInvalidRequest("not a message of JSON-RPC 2.0"))
        elif "method" in message:
            self._handle_call(message)
        elif "id" in message:
            self._handle_answer(message)

    def _handle_call(self, message: dict[str, Any]) -> None:
        method, is_request, number = message["method"], "id" in message, _id_of(message)
        if not isinstance(method, str) or (is_request and number is None):
            self._refuse(number, JsonRpcInvalidRequest("method or id is of the wrong type"))
            return
        messages.info("received %s%s", method, f" ({number})" if is_request else "")
        messages.debug("%s", message.get("params"))
        try:
            self._admit(method, is_request=is_request)
            called = self._structured(method, message)
        except JsonRpcException as error:
            if is_request:
                self._refuse(number, error)
            elif not isinstance(error, JsonRpcMethodNotFound):
                _log.warning("%s is ignored: %s", method, error.message)
            return
        context = contextvars.copy_context()
        params = getattr(called, "params", None)
        if number is not None:
            context.run(self._handle_request, number, method, params)
        else:
            context.run(self._handle_notification, method, params)

    def _admit(self, method: str, *, is_request: bool) -> None:
        """Raise JsonRpcException if a method is not allowed now."""
        if method == types.EXIT:
            return
        if self._shutdown:
            raise JsonRpcInvalidRequest("the server has been shut down")
        if method == types.INITIALIZE:
            if self._opened:
                raise JsonRpcInvalidRequest("the server has been initialized before")
            return
        if not self._opened:
            raise JsonRpcServerNotInitialized("initialize comes first")
        if method != types.CANCEL_REQUEST:
            known = method in self.fm.features or method in self.fm.builtin_features
            if not known or _is_request(method) not in (None, is_request):
                raise JsonRpcMethodNotFound.of(method)

    def _structured(self, method: str, message: dict[str, Any]) -> Any:
        unknown = JsonRPCRequestMessage if "id" in message else JsonRPCNotification
        if method == types.INITIALIZE and isinstance(message.get("params"), dict):
            able = message["params"].get("capabilities")
            message["params"]["capabilities"] = well_formed(able, self._converter)
        try:
            return self._converter.structure(message, self.get_message_type(method) or unknown)
        except Exception as error:
            raise JsonRpcInvalidParams("; ".join(cattrs.transform_error(error))) from error

    def _handle_answer(self, message: dict[str, Any]) -> None:
        """Handle the client's answer to a request of the server."""
        number = _id_of(message)
        if number is None:
            return
        expected = self._result_types.pop(number, None) or JsonRPCResponseMessage
        try:
            if "error" in message:
                expected = types.ResponseErrorMessage
            answer = self._converter.structure(message, expected)
        except Exception as error:  # noqa: BLE001 - the caller gets the error
            wrong = JsonRpcInvalidParams("; ".join(cattrs.transform_error(error)))
            self._handle_response(number, error=wrong.to_response_error())
            return
        self._handle_response(
            number, getattr(answer, "result", None), getattr(answer, "error", None)
        )

    # Handlers.

    def _handle_request(self, msg_id: str | int, method_name: str, params: Any) -> None:
        uri = getattr(getattr(params, "text_document", None), "uri", None)
        if uri is not None and method_name not in _ALWAYS_LATEST:
            self._versions[msg_id] = (uri, self._host.version_of(uri))
        super()._handle_request(msg_id, method_name, params)

    def _execute_handler(
        self,
        msg_id: str | int,
        handler: Callable[..., Any],
        callback: Callable[[Future[Any]], None],
        args: tuple[Any, ...] | None = None,
        kwargs: dict[str, Any] | None = None,
    ) -> None:
        super()._execute_handler(msg_id, handler, callback, args, kwargs)
        # pygls only removes the futures of requests, not of the notifications that it ran.
        future = self._request_futures.get(msg_id)
        if future is not None:
            future.add_done_callback(lambda _: self._request_futures.pop(msg_id, None))

    def _handle_cancel_notification(self, msg_id: str | int) -> None:
        # The converter accepts an id of any type.
        future = self._request_futures.get(msg_id) if type(msg_id) in (int, str) else None
        if future is not None:
            future.cancel()

    def _send_handler_result(self, future: Future[Any], *, msg_id: str | int) -> None:
        uri, version = self._versions.pop(msg_id, (None, None))
        if future.cancelled():
            self._refuse(msg_id, JsonRpcRequestCancelled())
            return
        try:
            result = future.result()
            if uri is not None and self._host.version_of(uri) is not version:
                # The positions in the answer belong to a text that the client no longer has.
                raise JsonRpcContentModified
            self._answer(msg_id, result)
        except JsonRpcException as error:
            self._refuse(msg_id, error)
        except Exception as error:  # noqa: BLE001 - a fault in a feature must not end the server
            _log.error("request %s: %r", msg_id, error, exc_info=error)
            self._refuse(msg_id, JsonRpcInternalError(f"{type(error).__name__}: {error}"))

    def _answer(self, msg_id: str | int, result: Any) -> None:
        # The converter omits None, but an answer of null must be sent.
        plain = self._converter.unstructure(result)
        self._send_data({"jsonrpc": self.VERSION, "id": msg_id, "result": plain})
        messages.info("answered (%s)", msg_id)

    def _send_data(self, data: Any) -> None:
        """Send a message. Raises if it cannot be written as JSON; pygls would not answer at all."""
        body = json.dumps(data, default=self._serialize_message).encode()
        if self.writer is not None:
            self.writer.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))

    def _check_handler_result(self, future: Future[Any]) -> None:
        error = None if future.cancelled() else future.exception()
        if error is not None:
            _log.error("a notification: %r", error, exc_info=error)

    def _refuse(self, msg_id: str | int | None, error: JsonRpcException) -> None:
        messages.info("refused (%s): %s", msg_id, error.message)
        response = {"code": int(error.code), "message": error.message}
        self._send_data({"jsonrpc": self.VERSION, "id": msg_id, "error": response})

    # Start and end.

    @lsp_method(types.INITIALIZE)
    def lsp_initialize(
        self, params: types.InitializeParams
    ) -> Generator[Any, Any, types.InitializeResult]:
        """Negotiate capabilities. The client may go on without `initialized`."""
        self.trace = params.trace or types.TraceValue.Off
        if not _is_address(params.root_uri):
            params.root_uri = None
        folders = [one for one in params.workspace_folders or () if _is_address(one.uri)]
        params.workspace_folders = folders
        result = yield from super().lsp_initialize(params)
        self._opened = True
        self._host.begin(params, result.capabilities)
        return result

    @lsp_method(types.SET_TRACE)
    def lsp_set_trace(self, params: types.SetTraceParams) -> None:  # type: ignore[override]
        """Set how much the client wants to be traced."""
        self.trace = params.value
        self._host.log.follow(params.value, by="client")

    @lsp_method(types.SHUTDOWN)
    def lsp_shutdown(self, *_: object) -> None:  # type: ignore[override]
        """Cancel all requests; only `exit` is allowed from now on."""
        for future in list(self._request_futures.values()):
            future.cancel()
        self._shutdown = True

    @lsp_method(types.EXIT)
    def lsp_exit(self, *_: object) -> None:  # type: ignore[override]
        """End the server; the exit code says whether `shutdown` came before."""
        self._host.end()

    @property
    def was_shut_down(self) -> bool:
        """Whether the client sent `shutdown`."""
        return self._shutdown


def strict_converter() -> cattrs.Converter:
    """Return a converter that does not convert between strings, numbers and booleans."""
    converter: cattrs.Converter = default_converter()  # type: ignore[no-untyped-call]
    converter.register_structure_hook(str, _exactly(str))
    converter.register_structure_hook(bool, _exactly(bool))
    converter.register_structure_hook(int, _whole_number)
    converter.register_structure_hook(types.TraceValue, _trace)

    def change(value: Any, _: Any) -> Any:
        # Some clients send `range: null`. A dropped change would corrupt all later ones.
        partial = isinstance(value, dict) and value.get("range") is not None
        return converter.structure(value, _PARTIAL if partial else _WHOLE)

    converter.register_structure_hook(Union[_PARTIAL, _WHOLE], change)  # noqa: UP007
    return converter


def _exactly(kind: type) -> Callable[[Any, Any], Any]:
    def structure(value: Any, wanted: Any) -> Any:
        return _of(wanted, value) if type(value) is kind else _wrong(value, kind)

    return structure


def _whole_number(value: Any, wanted: Any) -> Any:
    # Some clients send all numbers as floats.
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return _of(wanted, value) if type(value) is int else _wrong(value, int)


def _of(wanted: Any, value: Any) -> Any:
    """Return the value, or the member of an enum, for which cattrs calls the hook of its base.

    An unknown member comes from a newer protocol; it stays as it is.
    """
    if not isinstance(wanted, EnumMeta):
        return value
    try:
        return wanted(value)
    except ValueError:
        return value


def _trace(value: Any, _: Any) -> types.TraceValue:
    # Some editors send words that the protocol does not define.
    known = {one.value: one for one in types.TraceValue}
    return known.get(value, types.TraceValue.Messages)


def _wrong(value: Any, kind: type) -> NoReturn:
    raise TypeError(f"expected {kind.__name__}, got {type(value).__name__}")


def _id_of(message: Any) -> str | int | None:
    number = message.get("id") if isinstance(message, dict) else None
    return number if type(number) in (int, str) else None


def _is_address(uri: str | None) -> bool:
    """Return whether pygls can parse a URI; it raises for some invalid ones."""
    try:
        to_fs_path(uri or "")
    except ValueError:
        return False
    return True


def _is_request(method: str) -> bool | None:
    """Return whether a method of the protocol is a request; None for an unknown method."""
    known = types.METHOD_TO_TYPES.get(method)
    return None if known is None else known[1] is not None
