package io.warmgate.server.ai;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.warmgate.ai.chat.Usage;
import io.warmgate.server.exchange.Expected;
import io.warmgate.server.exchange.OriginResponse;
import io.warmgate.server.exchange.Question;
import io.warmgate.server.exchange.Rewriting;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What one request asks of a model, both ways: to the provider, and back to the client. */
interface Asked {
  ServedModel model();

  /** How it is asked: with a body, or without one. */
  default HttpMethod method() {
    return HttpMethod.POST;
  }

  /** Where. */
  ProviderPath path();

  /** JSON in UTF-8, in the provider's dialect; empty where the method has none. */
  Buffer body();

  /** What is asked for: {@code Accept}. */
  String accept();

  /** Fields of the client's that go on to the provider, by lower-case name. */
  Map<String, String> passed();

  /** The same, as the cache sees it. */
  Question question();

  /**
   * What is asked in its place where the model is there, but not in the version that is asked for
   * here: what comes is kept nowhere.
   *
   * @return null: nothing
   */
  default @Nullable Asked ofAnyVersion() {
    return null;
  }

  /** What it will take, as far as that is known before. */
  Expected expected();

  /**
   * The same of some of its items.
   *
   * @param items as in {@link io.warmgate.server.exchange.OriginRequest#items}
   * @throws IllegalStateException where it is one question
   */
  default Asked only(List<Integer> items) {
    throw new IllegalStateException("it is one question");
  }

  /** What that will take; of one question what it will. */
  default Expected expected(List<Integer> items) {
    return expected();
  }

  /**
   * What came from the provider, as others may see it: found good, or an error for this client.
   * What is good is in the provider's dialect still.
   *
   * @param metering told what it came to, once that is known
   */
  Future<OriginResponse> answered(OriginResponse response, Metering metering);

  /**
   * An answer of this model, as another would have given it.
   *
   * @return fails with a {@code ProblemException} where it cannot be told so
   */
  Future<OriginResponse> inTheWordsOf(ServedModel other, OriginResponse answer);

  /**
   * Makes of an answer in the provider's dialect what the client understands.
   *
   * @param heard told what an answer that is read says it took; the last word counts
   */
  Rewriting rewriting(Consumer<Usage> heard);
}
