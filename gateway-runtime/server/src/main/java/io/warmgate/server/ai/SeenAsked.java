package io.warmgate.server.ai;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.warmgate.ai.chat.Usage;
import io.warmgate.server.exchange.Expected;
import io.warmgate.server.exchange.OriginResponse;
import io.warmgate.server.exchange.Question;
import io.warmgate.server.exchange.Rewriting;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A question that was asked before: it is read where more of it is needed than was remembered.
 *
 * @param read the question itself
 */
record SeenAsked(SeenQuestion seen, Supplier<Asked> read) implements Asked {

  @Override
  public ServedModel model() {
    return seen.model();
  }

  @Override
  public Question question() {
    return seen.question();
  }

  @Override
  public Expected expected() {
    return seen.expected();
  }

  @Override
  public ProviderPath path() {
    return read.get().path();
  }

  @Override
  public Buffer body() {
    return read.get().body();
  }

  @Override
  public String accept() {
    return read.get().accept();
  }

  @Override
  public Map<String, String> passed() {
    return read.get().passed();
  }

  @Override
  public Future<OriginResponse> answered(OriginResponse response, Metering metering) {
    return read.get().answered(response, metering);
  }

  @Override
  public Future<OriginResponse> inTheWordsOf(ServedModel other, OriginResponse answer) {
    return read.get().inTheWordsOf(other, answer);
  }

  @Override
  public Rewriting rewriting(Consumer<Usage> heard) {
    return read.get().rewriting(heard);
  }
}
