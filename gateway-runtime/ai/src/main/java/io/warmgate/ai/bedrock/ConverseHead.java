package io.warmgate.ai.bedrock;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.ai.TranslationException;
import io.warmgate.ai.json.Json;
import java.nio.charset.StandardCharsets;

/**
 * What Bedrock says of an answer in its head alone: the request's id, and what kind of error it is.
 * It goes with the body, so that the body is the whole answer.
 */
public final class ConverseHead {
  /** A field of answers. */
  static final String ID = "requestId";

  /** A field of errors, as other APIs of Amazon have it in the body. */
  static final String TYPE = "__type";

  private ConverseHead() {}

  /**
   * @param requestId {@code x-amzn-requestid}; empty: none
   * @return the body as it is where it is no JSON object
   */
  public static byte[] answered(String requestId, byte[] body) {
    return requestId.isEmpty() ? body : with(ID, requestId, body);
  }

  /**
   * @param type {@code x-amzn-errortype}; empty: none
   * @return the body as it is where it is no JSON object
   */
  public static byte[] failed(String type, byte[] body) {
    return type.isEmpty()
        ? body
        : Json.bytes(typed(type, new String(body, StandardCharsets.UTF_8)));
  }

  private static byte[] with(String name, String value, byte[] body) {
    try {
      return Json.parse(body) instanceof ObjectNode object
          ? Json.bytes(Json.object().put(name, value).setAll(object))
          : body;
    } catch (TranslationException e) {
      return body;
    }
  }

  /**
   * @param body what it says; what is no JSON object is the message
   */
  static ObjectNode typed(String type, String body) {
    ObjectNode error = Json.object().put(TYPE, type);
    try {
      if (Json.parse(body) instanceof ObjectNode said) {
        return error.setAll(said);
      }
    } catch (TranslationException e) {
      // The type says enough.
    }
    return error.put("message", body);
  }
}
