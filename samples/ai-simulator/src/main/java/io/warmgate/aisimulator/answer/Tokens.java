package io.warmgate.aisimulator.answer;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The simulator's tokenizer: up to 16 letters and digits, with the space before them, are one
 * token; any other character is one.
 */
public final class Tokens {
  private static final Pattern TOKEN = Pattern.compile("(?s) ?[\\p{L}\\p{N}_]{1,16}|.");

  private Tokens() {}

  /** The tokens of a text; joined they are the text again. */
  public static List<String> of(String text) {
    return TOKEN.matcher(text).results().map(MatchResult::group).toList();
  }

  /** How many tokens a text has. */
  public static int count(String text) {
    return (int) TOKEN.matcher(text).results().count();
  }
}
