"""The rules of the conversation: what may be said when, and an answer to every request.

pygls finds the handlers; what it leaves to chance is decided here. A message that is no message is
answered as JSON-RPC has it, parameters of a wrong shape are refused by name, and nothing that a
handler raises ends the server.
"""

from __future__ import annotations

import contextvars
import json
import logging
from collections.abc import Callable, Generator
from concurrent.futures import Future
from enum import EnumMeta
from typing import TYPE_CHECKING, Any, NoReturn, Union

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
from pygls.protocol import (
    JsonRPCRequestMessage,
    JsonRPCResponseMessage,
    LanguageServerProtocol,
    default_converter,
    lsp_method,
)
from pygls.protocol.json_rpc import JsonRPCNotification
from pygls.uris import to_fs_path

from amp_language_server.rpc.client_capabilities import understood
from amp_language_server.rpc.client_log import messages

if TYPE_CHECKING:
    from amp_language_server.server import AmpServer
    from amp_language_server.state.documents import Document

_log = logging.getLogger(__name__)

# The session keeps the documents; pygls's own would break lines where the protocol does not.
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
# These answer for the latest version, whatever comes while they are at it.
_ALWAYS_LATEST = (types.TEXT_DOCUMENT_COMPLETION, types.TEXT_DOCUMENT_DIAGNOSTIC)


class Conversation(LanguageServerProtocol):
    """What is said between a client and the server."""

    _server: AmpServer

    def __init__(self, server: AmpServer, converter: cattrs.Converter) -> None:
        self._opened = False
        # The document that a request is about, as it was when the request came.
        self._asked: dict[str | int, tuple[str, Document | None]] = {}
        super().__init__(server, converter)

    def _register_builtin_features(self) -> None:
        super()._register_builtin_features()  # type: ignore[no-untyped-call]
        for method in _NOT_PYGLS:
            self.fm.builtin_features.pop(method)

    # What comes in.

    def receive(self, body: bytes) -> None:
        """Take one message, whatever it may be."""
        try:
            message = json.loads(body)
        except (ValueError, RecursionError):
            _log.warning("a message is no JSON: %r", body[:100])
            self._refuse(None, JsonRpcParseError("not JSON"))
            return
        if not isinstance(message, dict) or message.get("jsonrpc") != self.VERSION:
            self._refuse(_id_of(message), JsonRpcInvalidRequest("not a message of JSON-RPC 2.0"))
        elif "method" in message:
            self._called(message)
        elif "id" in message:
            self._answered(message)

    def _called(self, message: dict[str, Any]) -> None:
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
        """Raise what forbids a method now."""
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
            said = message["params"].get("capabilities")
            message["params"]["capabilities"] = understood(said, self._converter)
        try:
            return self._converter.structure(message, self.get_message_type(method) or unknown)
        except Exception as error:
            raise JsonRpcInvalidParams("; ".join(cattrs.transform_error(error))) from error

    def _answered(self, message: dict[str, Any]) -> None:
        """The client's answer to a request of the server's."""
        number = _id_of(message)
        if number is None:
            return
        expected = self._result_types.pop(number, None) or JsonRPCResponseMessage
        try:
            if "error" in message:
                expected = types.ResponseErrorMessage
            answer = self._converter.structure(message, expected)
        except Exception as error:  # noqa: BLE001 - whoever asked is told
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
            self._asked[msg_id] = (uri, self._server.session.document(uri))
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
        # pygls forgets the requests that it has answered, and nothing else that it ran.
        future = self._request_futures.get(msg_id)
        if future is not None:
            future.add_done_callback(lambda _: self._request_futures.pop(msg_id, None))

    def _handle_cancel_notification(self, msg_id: str | int) -> None:
        # The converter lets any id pass.
        future = self._request_futures.get(msg_id) if type(msg_id) in (int, str) else None
        if future is not None:
            future.cancel()

    def _send_handler_result(self, future: Future[Any], *, msg_id: str | int) -> None:
        uri, document = self._asked.pop(msg_id, (None, None))
        if future.cancelled():
            self._refuse(msg_id, JsonRpcRequestCancelled())
            return
        try:
            result = future.result()
            if uri is not None and self._server.session.document(uri) is not document:
                # Its positions are those of a text that the client no longer has.
                raise JsonRpcContentModified
            self._say(msg_id, result)
        except JsonRpcException as error:
            self._refuse(msg_id, error)
        except Exception as error:  # noqa: BLE001 - a fault in a feature ends nothing
            _log.error("request %s: %r", msg_id, error, exc_info=error)
            self._refuse(msg_id, JsonRpcInternalError(f"{type(error).__name__}: {error}"))

    def _say(self, msg_id: str | int, result: Any) -> None:
        # The converter leaves out what is None, and an answer of null has to be said.
        plain = self._converter.unstructure(result)
        self._send_data({"jsonrpc": self.VERSION, "id": msg_id, "result": plain})
        messages.info("answered (%s)", msg_id)

    def _send_data(self, data: Any) -> None:
        """Send a message; raises for what is none, where pygls would leave the client waiting."""
        body = json.dumps(data, default=self._serialize_message).encode()
        if self.writer is not None:
            self.writer.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))

    def _check_handler_result(self, future: Future[Any]) -> None:
        error = None if future.cancelled() else future.exception()
        if error is not None:
            _log.error("a notification: %r", error, exc_info=error)

    def _refuse(self, msg_id: str | int | None, error: JsonRpcException) -> None:
        messages.info("refused (%s): %s", msg_id, error.message)
        said = {"code": int(error.code), "message": error.message}
        self._send_data({"jsonrpc": self.VERSION, "id": msg_id, "error": said})

    # The life of the server.

    @lsp_method(types.INITIALIZE)
    def lsp_initialize(
        self, params: types.InitializeParams
    ) -> Generator[Any, Any, types.InitializeResult]:
        """Agree with the client on what both can do. It may go on without `initialized`."""
        self.trace = params.trace or types.TraceValue.Off
        if not _is_address(params.root_uri):
            params.root_uri = None
        folders = [one for one in params.workspace_folders or () if _is_address(one.uri)]
        params.workspace_folders = folders
        result = yield from super().lsp_initialize(params)
        self._opened = True
        self._server.begin(params, result.capabilities)
        return result

    @lsp_method(types.SET_TRACE)
    def lsp_set_trace(self, params: types.SetTraceParams) -> None:  # type: ignore[override]
        """Trace as much as the client wants to see."""
        self.trace = params.value
        self._server.log.follow(params.value, by="client")

    @lsp_method(types.SHUTDOWN)
    def lsp_shutdown(self, *_: object) -> None:  # type: ignore[override]
        """Drop what is being worked on; `exit` is all that may follow."""
        for future in list(self._request_futures.values()):
            future.cancel()
        self._shutdown = True

    @lsp_method(types.EXIT)
    def lsp_exit(self, *_: object) -> None:  # type: ignore[override]
        """End the server: well if it was asked to shut down before, badly if not."""
        self._server.end()

    @property
    def was_shut_down(self) -> bool:
        """Whether the client said good-bye."""
        return self._shutdown


def strict_converter() -> cattrs.Converter:
    """A converter that takes no number for a text and no truth for a number."""
    converter: cattrs.Converter = default_converter()  # type: ignore[no-untyped-call]
    converter.register_structure_hook(str, _exactly(str))
    converter.register_structure_hook(bool, _exactly(bool))
    converter.register_structure_hook(int, _whole_number)
    converter.register_structure_hook(types.TraceValue, _trace)

    def change(value: Any, _: Any) -> Any:
        # Some clients say null for no range. A change left out would spoil all that come later.
        partial = isinstance(value, dict) and value.get("range") is not None
        return converter.structure(value, _PARTIAL if partial else _WHOLE)

    converter.register_structure_hook(Union[_PARTIAL, _WHOLE], change)  # noqa: UP007
    return converter


def _exactly(kind: type) -> Callable[[Any, Any], Any]:
    def structure(value: Any, wanted: Any) -> Any:
        return _of(wanted, value) if type(value) is kind else _wrong(value, kind)

    return structure


def _whole_number(value: Any, wanted: Any) -> Any:
    # Some clients know no other numbers than floats.
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return _of(wanted, value) if type(value) is int else _wrong(value, int)


def _of(wanted: Any, value: Any) -> Any:
    """A value as it is, or one of an enum, for which cattrs asks the hook of its base.

    One that the enum has not is of a newer protocol, and equals nothing that is asked for here.
    """
    if not isinstance(wanted, EnumMeta):
        return value
    try:
        return wanted(value)
    except ValueError:
        return value


def _trace(value: Any, _: Any) -> types.TraceValue:
    # Editors have words for it that the protocol has not.
    known = {one.value: one for one in types.TraceValue}
    return known.get(value, types.TraceValue.Messages)


def _wrong(value: Any, kind: type) -> NoReturn:
    raise TypeError(f"expected {kind.__name__}, got {type(value).__name__}")


def _id_of(message: Any) -> str | int | None:
    number = message.get("id") if isinstance(message, dict) else None
    return number if type(number) in (int, str) else None


def _is_address(uri: str | None) -> bool:
    """Whether pygls can read a URI, which raises for some texts that are none."""
    try:
        to_fs_path(uri or "")
    except ValueError:
        return False
    return True


def _is_request(method: str) -> bool | None:
    """Whether a method of the protocol wants an answer; None for one of somebody's own."""
    known = types.METHOD_TO_TYPES.get(method)
    return None if known is None else known[1] is not None
