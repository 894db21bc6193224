package io.warmgate.server.exchange;

import io.warmgate.config.Model;
import org.jspecify.annotations.Nullable;

/**
 * One call to a model, when it has ended.
 *
 * @param model that was asked
 * @param key {@code secret/key} that it was asked with, where it has several; null: it has not
 * @param answeredBy what the provider calls the model that answered; empty: it did not say
 * @param tokens that it took
 * @param counted who counted them
 * @param took so long
 */
public record Inference(
    Model model,
    @Nullable String key,
    String answeredBy,
    Ending ending,
    Tokens tokens,
    Counted counted,
    Took took) {

  /** How many answers are paid for: 1, or 0 where nothing came of it. */
  public long answers() {
    return ending == Ending.ANSWERED || tokens.total() > 0 ? 1 : 0;
  }

  /** Microseconds that its model computed, as far as that can be seen from here. */
  public long micros() {
    return took.computing() / 1_000;
  }

  /** How it ended. */
  public enum Ending {
    /** With an answer that is whole. */
    ANSWERED,
    /** With the provider's error, in whatever form. */
    REFUSED,
    /** Without either: no connection, or an answer that broke off. */
    BROKEN,
    /** Nobody waited for it any more. */
    GIVEN_UP
  }

  /** Who counted the tokens. */
  public enum Counted {
    /** The provider, or there was nothing to count. */
    BY_PROVIDER,
    /** This gateway, by the length of texts: the provider did not come to say it. */
    BY_LENGTH
  }

  /**
   * In nanoseconds.
   *
   * @param all from the request on
   * @param firstToken of a stream, from the request on; -1: none came, or it was no stream
   * @param computing from when the request was sent to the answer's last byte, or to where it broke
   *     off or was given up; 0: nothing was sent, or the provider refused
   */
  public record Took(long all, long firstToken, long computing) {}
}
