package io.warmgate.server.ai;

import io.warmgate.ai.chat.AnswerId;
import io.warmgate.ai.chat.ChatAnswer;
import io.warmgate.ai.chat.TokenGuess;
import io.warmgate.ai.chat.Usage;
import io.warmgate.ai.embedding.EmbeddingAnswer;
import io.warmgate.config.Model;
import io.warmgate.server.exchange.Inference;
import io.warmgate.server.exchange.Inference.Counted;
import io.warmgate.server.exchange.Inference.Ending;
import io.warmgate.server.exchange.Tokens;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Follows one call to a model: its end is told once. Confined to its event loop. */
final class Metering {
  private final ServedModel served;
  private final Model model;
  private final @Nullable String key;
  private final long expectedInput;
  private final Consumer<Inference> told;
  private final long begun = System.nanoTime();
  private LongSupplier sentAt = () -> 0;
  private long wholeAt;
  private long firstToken = -1;
  private long characters;
  private boolean ended;
  private Tokens counted = Tokens.NONE;
  private long computing;

  /**
   * @param key of several that the model is asked with; null: it has no others
   * @param expectedInput in tokens, where the provider does not come to say it
   * @param told of the end
   */
  Metering(ServedModel served, @Nullable String key, long expectedInput, Consumer<Inference> told) {
    this.served = served;
    this.model = served.model();
    this.key = key;
    this.expectedInput = expectedInput;
    this.told = told;
  }

  /** What the call took, once it has ended. */
  UsageField.Took took() {
    return new UsageField.Took(counted, kept(computing));
  }

  /** The same of a part of its answer, which is there but for its end. */
  UsageField.Took part(Tokens tokens, double share) {
    return new UsageField.Took(tokens, kept((long) (untilNow() * share)));
  }

  /** In microseconds; what time says nothing of is not kept with answers. */
  private long kept(long nanos) {
    return model.provider().mayBeOwn() ? nanos / 1_000 : 0;
  }

  /**
   * @param at tells when the request was sent, by {@link System#nanoTime()}; 0: it was not
   */
  void sent(LongSupplier at) {
    sentAt = at;
  }

  /** All of the answer came; to read it takes the model nothing. */
  void whole() {
    wholeAt = System.nanoTime();
  }

  private long untilNow() {
    long sent = sentAt.getAsLong();
    return sent == 0 ? 0 : (wholeAt == 0 ? System.nanoTime() : wholeAt) - sent;
  }

  /** More of a stream's answer came. */
  void heard(int moreCharacters) {
    if (firstToken < 0) {
      firstToken = System.nanoTime() - begun;
    }
    characters += moreCharacters;
  }

  /** A whole answer came. */
  void answered(ChatAnswer answer) {
    characters = answer.usage() == null ? TokenGuess.characters(answer.parts()) : 0;
    ended(Ending.ANSWERED, answer.id(), answer.usage());
  }

  /** Vectors came. */
  void answered(EmbeddingAnswer answer) {
    boolean said = answer.tokens() > 0;
    if (!ended) {
      served.ear().heard(answer.model(), null);
    }
    end(
        Ending.ANSWERED,
        answer.model(),
        Tokens.of(said ? answer.tokens() : expectedInput, 0),
        said ? Counted.BY_PROVIDER : Counted.BY_LENGTH);
  }

  /** Tensors came: nothing of them is tokens. */
  void inferred() {
    end(Ending.ANSWERED, "", Tokens.NONE, Counted.BY_PROVIDER);
  }

  /** Nothing was asked, or nothing was done: no provider has this paid for. */
  void failed(Ending ending) {
    end(ending, "", Tokens.NONE, Counted.BY_PROVIDER);
  }

  /**
   * @param usage as far as the provider said it; null: it did not
   */
  void ended(Ending ending, AnswerId by, @Nullable Usage usage) {
    if (ending == Ending.ANSWERED && !ended) {
      served.ear().heard(by.model(), by.fingerprint());
    }
    if (usage == null) {
      guessed(ending, by, Tokens.of(expectedInput, 0));
    } else if (ending == Ending.ANSWERED) {
      end(ending, by.model(), tokens(usage), Counted.BY_PROVIDER);
    } else {
      // What it said at the beginning of an answer that has no end.
      guessed(ending, by, tokens(usage));
    }
  }

  private void guessed(Ending ending, AnswerId by, Tokens said) {
    long output = Math.max(said.output(), TokenGuess.ofText(characters));
    Tokens tokens =
        new Tokens(said.input(), said.cached(), said.written(), output, said.reasoning());
    end(ending, by.model(), tokens, Counted.BY_LENGTH);
  }

  static Tokens tokens(Usage usage) {
    return new Tokens(
        usage.input(), usage.cached(), usage.written(), usage.output(), usage.reasoning());
  }

  private void end(Ending ending, String answeredBy, Tokens tokens, Counted by) {
    if (!ended) {
      ended = true;
      counted = tokens;
      computing = ending == Ending.REFUSED ? 0 : untilNow();
      told.accept(
          new Inference(
              model,
              key,
              answeredBy,
              ending,
              tokens,
              by,
              new Inference.Took(System.nanoTime() - begun, firstToken, computing)));
    }
  }
}
