package io.warmgate.aisimulator.openai;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Log probabilities: made up out of the token, so that they are the same again. */
final class Logprobs {
  private Logprobs() {}

  /**
   * Of a text, or a part of it.
   *
   * @param alternatives how many other tokens are named beside each
   */
  static ObjectNode of(List<String> tokens, int alternatives) {
    ObjectNode logprobs = JsonNodeFactory.instance.objectNode();
    ArrayNode content = logprobs.putArray("content");
    for (String token : tokens) {
      ObjectNode entry = token(content, token, probability(token));
      ArrayNode top = entry.putArray("top_logprobs");
      for (int i = 0; i < alternatives; i++) {
        token(top, i == 0 ? token : token + "~" + i, probability(token) - i);
      }
    }
    logprobs.putNull("refusal");
    return logprobs;
  }

  private static ObjectNode token(ArrayNode list, String token, double logprob) {
    ObjectNode entry = list.addObject().put("token", token).put("logprob", logprob);
    ArrayNode bytes = entry.putArray("bytes");
    for (byte one : token.getBytes(StandardCharsets.UTF_8)) {
      bytes.add(one & 0xff);
    }
    return entry;
  }

  private static double probability(String token) {
    return -Math.floorMod(token.hashCode(), 100) / 128.0;
  }
}
