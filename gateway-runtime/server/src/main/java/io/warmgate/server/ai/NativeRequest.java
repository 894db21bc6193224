package io.warmgate.server.ai;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.ai.Dialect;
import io.warmgate.ai.chat.ChatRequest;
import io.warmgate.ai.chat.Delivery;
import io.warmgate.ai.json.Json;

/** A client's own bytes for a provider that speaks as the client does. */
final class NativeRequest {
  private NativeRequest() {}

  /**
   * Untouched but for the model's name.
   *
   * @param sent JSON, an object
   * @param said the name that it has
   * @param model as the provider calls it
   */
  static byte[] named(byte[] sent, String said, String model) {
    if (said.equals(model)) {
      return sent;
    }
    ObjectNode root = (ObjectNode) Json.parse(sent);
    root.put("model", model);
    return Json.bytes(root);
  }

  /**
   * Untouched but for the model's name, where the provider's is another, and for a stream's usage,
   * which has to be known.
   *
   * @param sent what was read as {@code request}
   * @param model as the provider calls it
   */
  static byte[] of(byte[] sent, ChatRequest request, String model) {
    boolean meter =
        request.dialect() == Dialect.OPENAI_CHAT
            && request.delivery().form() == Delivery.Form.STREAM;
    if (!meter) {
      return named(sent, request.model(), model);
    }
    ObjectNode root = (ObjectNode) Json.parse(sent);
    root.put("model", model);
    boolean there = root.get("stream_options") instanceof ObjectNode;
    ObjectNode options =
        there ? (ObjectNode) root.get("stream_options") : root.putObject("stream_options");
    options.put("include_usage", true);
    return Json.bytes(root);
  }
}
