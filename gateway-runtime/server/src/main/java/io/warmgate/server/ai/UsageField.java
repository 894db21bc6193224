package io.warmgate.server.ai;

import io.vertx.core.MultiMap;
import io.warmgate.server.exchange.Tokens;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What an answer took, as a field of the head that is kept with it: found again with a hit without
 * reading the answer. It is the gateway's alone: of a provider's fields it takes none of this name,
 * and {@link Spared} takes it off what clients get. A runtime that does not know it passes it on.
 */
final class UsageField {
  static final String NAME = "warmgate-usage";

  private static final int NUMBERS = 5;

  /**
   * @param micros microseconds that the model computed; 0: not known, or of no meaning
   */
  record Took(Tokens tokens, long micros) {
    static final Took NOTHING = new Took(Tokens.NONE, 0);

    Took plus(Took other) {
      return new Took(tokens.plus(other.tokens), micros + other.micros);
    }
  }

  private UsageField() {}

  /** The same fields, with it. */
  static MultiMap put(MultiMap fields, Took took) {
    return fields.set(NAME, write(took));
  }

  /**
   * As it is kept: input, of it cached and written, output, of it reasoning; then the time, where
   * there is one, since runtimes of before know five numbers.
   */
  static String write(Took took) {
    Tokens tokens = took.tokens();
    return tokens.input()
        + " "
        + tokens.cached()
        + " "
        + tokens.written()
        + " "
        + tokens.output()
        + " "
        + tokens.reasoning()
        + (took.micros() == 0 ? "" : " " + took.micros());
  }

  /** Null where it says nothing. */
  static @Nullable Took read(String field) {
    try {
      long[] numbers = Arrays.stream(field.split(" ", -1)).mapToLong(Long::parseLong).toArray();
      boolean isTimed = numbers.length == NUMBERS + 1;
      return isTimed || numbers.length == NUMBERS
          ? new Took(
              new Tokens(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4]),
              isTimed ? numbers[NUMBERS] : 0)
          : null;
    } catch (NumberFormatException _) {
      return null;
    }
  }
}
