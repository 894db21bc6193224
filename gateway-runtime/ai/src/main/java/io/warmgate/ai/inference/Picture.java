package io.warmgate.ai.inference;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.ai.TranslationException;
import io.warmgate.ai.json.Json;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * How a picture that comes as it is becomes a question.
 *
 * @param input the tensor, or the feature, that takes it; null: there is but one, without a name
 *     (TensorFlow Serving alone)
 */
public record Picture(@Nullable String input) {

  /**
   * One element: {@code {"inputs": [{"name": …, "shape": [1], "datatype": "BYTES", "data":
   * [base64]}]}}, or {@code {"instances": [{"b64": …}]}}.
   *
   * @param bytes of a PNG, a JPEG, or whatever the model takes
   * @return JSON in UTF-8
   * @throws TranslationException where nothing was sent, or the action takes no pictures
   */
  public byte[] request(TensorAction action, byte[] bytes) {
    if (bytes.length == 0) {
      throw new TranslationException("", "empty");
    }
    String base64 = Base64.getEncoder().encodeToString(bytes);
    return Json.bytes(
        switch (action) {
          case INFER -> tensor(base64);
          case PREDICT -> instance(base64);
          case CLASSIFY, REGRESS ->
              throw new TranslationException("", action.word() + " takes examples in JSON alone");
        });
  }

  private ObjectNode tensor(String base64) {
    ObjectNode root = Json.object();
    ObjectNode tensor = root.putArray("inputs").addObject().put("name", input);
    tensor.putArray("shape").add(1);
    tensor.put("datatype", "BYTES").putArray("data").add(base64);
    return root;
  }

  private ObjectNode instance(String base64) {
    ObjectNode root = Json.object();
    ObjectNode instance = root.putArray("instances").addObject();
    (input == null ? instance : instance.putObject(input)).put("b64", base64);
    return root;
  }
}
