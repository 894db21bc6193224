package io.warmgate.aisimulator.openai;

import io.warmgate.aisimulator.answer.Digest;

/**
 * The {@code obfuscation} that OpenAI adds to streamed events, so that their lengths do not tell
 * the tokens'. Here it is made of the event's own digest and up to eight characters long.
 */
final class Padding {
  private Padding() {}

  static String after(String event) {
    String digest = Digest.brief(event);
    return digest.substring(0, 1 + Character.digit(digest.charAt(0), 16) / 2);
  }
}
