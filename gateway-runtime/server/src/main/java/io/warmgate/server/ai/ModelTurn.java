package io.warmgate.server.ai;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.streams.ReadStream;
import io.warmgate.ai.Front;
import io.warmgate.ai.TranslationException;
import io.warmgate.ai.anthropic.AnthropicFront;
import io.warmgate.ai.chat.ChatRequest;
import io.warmgate.ai.embedding.EmbeddingRequest;
import io.warmgate.ai.embedding.EmbeddingRequests;
import io.warmgate.ai.json.Json;
import io.warmgate.ai.openai.CompletionsFront;
import io.warmgate.ai.openai.OpenAiFront;
import io.warmgate.ai.responses.ResponsesFront;
import io.warmgate.config.BackendRef;
import io.warmgate.config.Rule;
import io.warmgate.server.cache.Content;
import io.warmgate.server.exchange.Exchange;
import io.warmgate.server.exchange.ModelStep;
import io.warmgate.server.exchange.Origin;
import io.warmgate.server.exchange.Problem;
import io.warmgate.server.exchange.ProblemException;
import io.warmgate.server.filter.HeaderChange;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One request to a rule of models. Confined to its event loop. */
final class ModelTurn implements ModelStep.Turn {
  /** Pictures of a conversation are in it, again with each turn. */
  private static final int MOST_CONTENT = 32 << 20;

  private final Exchange exchange;
  private final Map<String, ServedModel> models;
  private final Operation operation;
  private final Front front;
  private final Rests rests;
  private @Nullable Asking asking;

  /**
   * @param order who is asked, the chosen one first
   * @param asked of the chosen one
   */
  private record Asking(List<Choice> order, Function<Choice, Asked> of, Asked asked) {}

  ModelTurn(Exchange exchange, Map<String, ServedModel> models, Rests rests) {
    this.exchange = exchange;
    this.models = models;
    this.rests = rests;
    String path = exchange.target().path();
    this.operation = Operation.of(path);
    boolean lists = operation == Operation.MODELS || operation == Operation.MODEL;
    this.front =
        Operation.isOfMessages(path) || (lists && isAnthropics())
            ? new AnthropicFront()
            : ofOpenAi(operation, nowSeconds());
  }

  private static Front ofOpenAi(Operation operation, long nowSeconds) {
    return switch (operation) {
      case RESPONSES -> new ResponsesFront(nowSeconds);
      case COMPLETIONS -> new CompletionsFront(nowSeconds);
      default -> new OpenAiFront(nowSeconds);
    };
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
    expectContent(request);
    if (operation == Operation.MODELS || operation == Operation.MODEL) {
      return Future.succeededFuture();
    }
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
      Asking read = operation == Operation.EMBEDDINGS ? embeddings(rule, sent) : chat(rule, sent);
      Asked question = read.asked;
      asking = read;
      exchange.question(question.question());
      exchange.reply().rewrittenBy(question.rewriting());
    } catch (TranslationException e) {
      throw new ProblemException(Problem.MODEL_REQUEST, e);
    }
  }

  private Asking chat(Rule rule, byte[] sent) {
    ChatRequest request = front.readRequest(sent);
    List<Choice> order =
        Choice.of(rule, models, request.model(), ThreadLocalRandom.current()::nextLong);
    MultiMap fields = exchange.request().headers();
    long now = nowSeconds();
    Function<Choice, Asked> of =
        choice -> ChatAsked.of(front, request, sent, choice.model(), fields, now);
    return new Asking(order, of, of.apply(order.getFirst()));
  }

  /** No other model's vectors stand in for those of the one that was chosen. */
  private Asking embeddings(Rule rule, byte[] sent) {
    EmbeddingRequest request = EmbeddingRequests.read(sent);
    Choice chosen =
        Choice.ofEmbeddings(rule, models, request.model(), ThreadLocalRandom.current()::nextLong)
            .getFirst();
    Asked asked =
        EmbeddingsAsked.of(front, request, sent, chosen.model(), exchange.request().headers());
    return new Asking(List.of(chosen), _ -> asked, asked);
  }

  private long nowSeconds() {
    return exchange.timings().startedAtMillis() / 1000;
  }

  @Override
  public @Nullable BackendRef backend() {
    return asking == null ? null : asking.order.getFirst().share();
  }

  @Override
  public Future<Void> answer() {
    Rule rule = Objects.requireNonNull(exchange.rule(), "a rule was matched");
    List<String> names = Choice.names(rule, models).sorted().toList();
    ModelList list = isAnthropics() ? ModelList.ANTHROPIC : ModelList.OPENAI;
    Buffer body =
        operation == Operation.MODELS
            ? list.all(names)
            : Buffer.buffer(
                Json.bytes(
                    list.one(
                        ModelList.named(exchange.target().path(), names)
                            .orElseThrow(() -> new ProblemException(Problem.NO_MODEL)))));
    exchange.reason("models");
    exchange
        .reply()
        .status(200)
        .headers()
        .set("content-type", "application/json")
        .set("cache-control", "no-store");
    return exchange.reply().end(body);
  }

  /** Who lists models says by a field of his own that he speaks Anthropic's dialect. */
  private boolean isAnthropics() {
    return exchange.request().headers().contains("anthropic-version");
  }

  @Override
  public Origin asking(ModelStep.Backends backends, List<HeaderChange> changes) {
    Asking read = Objects.requireNonNull(asking, "it was read");
    Rule rule = Objects.requireNonNull(exchange.rule(), "a rule was matched");
    Choice chosen = read.order.getFirst();
    Long firstToken = rule.timeouts().firstTokenMillis();
    if (read.order.size() == 1 && firstToken == null && rule.retry().attempts() == 0) {
      return new ModelOrigin(
          backends.origin(chosen.share()), read.asked, backends.host(chosen.share()), changes);
    }
    return new ChosenOrigin(
        read.order,
        choice -> choice.equals(chosen) ? read.asked : read.of.apply(choice),
        backends,
        changes,
        rests,
        firstToken == null ? 0 : firstToken,
        rule.retry());
  }

  @Override
  public ModelStep.Told problem(ProblemException problem) {
    return Problems.told(front, operation, problem);
  }
}
