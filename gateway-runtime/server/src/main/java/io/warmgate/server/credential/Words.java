package io.warmgate.server.credential;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A provider's words, fit to be shown: one line, not long, and nothing of a credential in it. */
public final class Words {
  private static final int MOST = 240;

  /** Who repeats so much of a credential repeats it; less is chance. */
  private static final int TELLING = 6;

  private Words() {}

  /**
   * @param credential null: there is none
   */
  public static String of(String said, @Nullable String credential) {
    String line =
        Arrays.stream(said.strip().split("[\\s\\p{Cntrl}]+"))
            .map(word -> isTelling(word, credential) ? "[redacted]" : word)
            .collect(Collectors.joining(" "));
    int end = Math.min(line.length(), MOST);
    boolean halves = end < line.length() && Character.isHighSurrogate(line.charAt(end - 1));
    return end == line.length() ? line : line.substring(0, halves ? end - 1 : end) + "…";
  }

  /** Providers repeat the begin and the end of a wrong key, with stars between. */
  private static boolean isTelling(String word, @Nullable String credential) {
    if (word.contains("***")) {
      return true;
    }
    if (credential == null || credential.isEmpty()) {
      return false;
    }
    int part = Math.min(TELLING, credential.length());
    for (int at = 0; at + part <= credential.length(); at++) {
      if (word.contains(credential.substring(at, at + part))) {
        return true;
      }
    }
    return false;
  }
}
