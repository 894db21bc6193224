package io.warmgate.aisimulator.gemini;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.warmgate.aisimulator.answer.Digest;
import java.util.Base64;

/** What a call is signed with: whoever loses or alters it is refused. */
final class Signature {
  private Signature() {}

  static String of(String function, JsonNode args) {
    String signed = "sim>?" + Digest.brief("signed " + function + args);
    return Base64.getEncoder().encodeToString(signed.getBytes(UTF_8));
  }
}
