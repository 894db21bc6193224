package io.warmgate.server.ai;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.streams.ReadStream;
import io.warmgate.ai.Front;
import io.warmgate.ai.TranslationException;
import io.warmgate.ai.anthropic.AnthropicFront;
import io.warmgate.ai.chat.ChatRequest;
import io.warmgate.ai.openai.OpenAiFront;
import io.warmgate.config.BackendRef;
import io.warmgate.config.Rule;
import io.warmgate.server.cache.Content;
import io.warmgate.server.exchange.Exchange;
import io.warmgate.server.exchange.ModelStep;
import io.warmgate.server.exchange.Origin;
import io.warmgate.server.exchange.Problem;
import io.warmgate.server.exchange.ProblemException;
import io.warmgate.server.filter.HeaderChange;
import io.warmgate.server.uri.Target;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** One request to a rule of models. Confined to its event loop. */
final class ModelTurn implements ModelStep.Turn {
  /** Pictures of a conversation are in it, again with each turn. */
  private static final int MOST_CONTENT = 32 << 20;

  /** Of HTTP, and nothing that a model is asked: answers to questions are whole. */
  private static final List<String> MEANINGLESS =
      List.of(
          "range",
          "if-range",
          "if-match",
          "if-none-match",
          "if-modified-since",
          "if-unmodified-since");

  private final Exchange exchange;
  private final Map<String, ServedModel> models;
  private final Operation operation;
  private final Front front;
  private @Nullable BackendRef share;
  private @Nullable Asked asked;

  ModelTurn(Exchange exchange, Map<String, ServedModel> models) {
    this.exchange = exchange;
    this.models = models;
    String path = exchange.target().path();
    this.operation = Operation.of(path);
    this.front =
        Operation.isOfMessages(path)
            ? new AnthropicFront()
            : new OpenAiFront(exchange.timings().startedAtMillis() / 1000);
  }

  @Override
  public Future<Void> read(@Nullable ReadStream<Buffer> content) {
    Rule rule = Objects.requireNonNull(exchange.rule(), "a rule was matched");
    if (rule.unavailable() != null) {
      return Future.failedFuture(new ProblemException(Problem.UNAVAILABLE));
    }
    if (operation == Operation.UNKNOWN) {
      return Future.failedFuture(new ProblemException(Problem.NO_OPERATION));
    }
    HttpServerRequest request = exchange.request();
    if (!operation.method().equals(request.method().name())) {
      return Future.failedFuture(new ProblemException(Problem.METHOD_NOT_ALLOWED));
    }
    MEANINGLESS.forEach(request.headers()::remove);
    expectContent(request);
    return Content.read(content, MOST_CONTENT)
        .map(
            read -> {
              if (!read.isWhole()) {
                throw new ProblemException(Problem.BODY_TOO_LARGE);
              }
              exchange.content(read::stream);
              understand(rule, read.begin().getBytes());
              return null;
            });
  }

  /** RFC 9110 §10.1.1: the client waits for a 100 until its content is read here. */
  private static void expectContent(HttpServerRequest request) {
    if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaderNames.EXPECT))) {
      request.headers().remove(HttpHeaderNames.EXPECT);
      request.response().writeContinue();
    }
  }

  private void understand(Rule rule, byte[] sent) {
    try {
      ChatRequest request = front.readRequest(sent);
      Choice choice =
          Choice.of(rule, models, request.model(), ThreadLocalRandom.current()::nextLong);
      Asked question =
          ChatAsked.of(front, request, sent, choice.model(), exchange.request().headers());
      asked = question;
      share = choice.share();
      exchange.reply().rewrittenBy(question.rewriting());
    } catch (TranslationException e) {
      throw new ProblemException(Problem.MODEL_REQUEST, e);
    }
  }

  @Override
  public @Nullable BackendRef backend() {
    return share;
  }

  @Override
  public Future<Void> answer() {
    return Future.failedFuture(new ProblemException(Problem.NO_OPERATION));
  }

  @Override
  public Origin asking(Origin backend, @Nullable Target host, List<HeaderChange> changes) {
    Asked question = Objects.requireNonNull(asked, "it was read");
    return new ModelOrigin(backend, question, host, changes);
  }

  @Override
  public ModelStep.Told problem(ProblemException problem) {
    return Problems.told(front, operation, problem);
  }
}
