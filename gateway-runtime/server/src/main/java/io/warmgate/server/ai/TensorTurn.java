package io.warmgate.server.ai;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import io.warmgate.ai.inference.TensorErrors;
import io.warmgate.config.BackendRef;
import io.warmgate.config.Model;
import io.warmgate.config.Rule;
import io.warmgate.server.exchange.Exchange;
import io.warmgate.server.exchange.Expected;
import io.warmgate.server.exchange.Inference;
import io.warmgate.server.exchange.ModelStep;
import io.warmgate.server.exchange.Origin;
import io.warmgate.server.exchange.Problem;
import io.warmgate.server.exchange.ProblemException;
import io.warmgate.server.filter.HeaderChange;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One request to a rule of models, in a protocol of tensors. Confined to its event loop. */
final class TensorTurn implements ModelStep.Turn {
  private static final TensorErrors ERRORS = new TensorErrors();

  private final Exchange exchange;
  private final TensorReader reader;
  private final Rests rests;
  private final Function<Exchange, Asker> asker;
  private final Consumer<Inference> told;
  private @Nullable Understood read;
  private @Nullable Spared spared;

  private TensorTurn(
      Exchange exchange,
      TensorReader reader,
      Rests rests,
      Function<Exchange, Asker> asker,
      Consumer<Inference> told) {
    this.exchange = exchange;
    this.reader = reader;
    this.rests = rests;
    this.asker = asker;
    this.told = told;
  }

  /**
   * Empty where the request is in no such protocol. Where models are listed OpenAI's API and
   * TensorFlow Serving's have the same paths: there the model decides.
   *
   * @param asker whoever asks, once that is known
   */
  static Optional<ModelStep.Turn> begin(
      Exchange exchange,
      ModelServing serving,
      Function<Exchange, Asker> asker,
      Consumer<Inference> told) {
    Rule rule = Objects.requireNonNull(exchange.rule(), "a rule was matched");
    return TensorPath.of(exchange.target().path())
        .map(path -> new TensorReader(path, rule, serving.models(), exchange.request().headers()))
        .filter(reader -> reader.path().action().isPresent() || reader.isOfTensors())
        .map(reader -> new TensorTurn(exchange, reader, serving.rests(), asker, told));
  }

  @Override
  public Future<Void> read(@Nullable ReadStream<Buffer> content) {
    Rule rule = Objects.requireNonNull(exchange.rule(), "a rule was matched");
    if (rule.unavailable() != null) {
      return Future.failedFuture(new ProblemException(Problem.UNAVAILABLE));
    }
    if (!reader.path().method().equals(exchange.request().method().name())) {
      return Future.failedFuture(new ProblemException(Problem.METHOD_NOT_ALLOWED));
    }
    SentBody.expect(exchange.request());
    if (reader.path().action().isEmpty()) {
      return Future.succeededFuture(reader.state()).map(this::understood);
    }
    return SentBody.read(exchange, content)
        .compose(sent -> OffLoop.where(sent.length, () -> reader.read(sent, asker.apply(exchange))))
        .map(this::understood);
  }

  private @Nullable Void understood(Understood understood) {
    read = understood;
    exchange.question(Objects.requireNonNull(understood.question(), "tensors have one"));
    spared = new Spared(exchange, understood.asked().model().model());
    exchange.reply().rewrittenBy(spared.watching(understood.asked().rewriting(_ -> {})));
    return null;
  }

  @Override
  public @Nullable BackendRef backend() {
    return read == null ? null : read.order().getFirst().share();
  }

  @Override
  public @Nullable Model model() {
    return read == null ? null : read.asked().model().model();
  }

  @Override
  public @Nullable Expected expected(@Nullable List<Integer> items) {
    return read == null ? null : read.asked().expected();
  }

  /** Never asked for: what a model is its server says. */
  @Override
  public Future<Void> answer() {
    return Future.failedFuture(new ProblemException(Problem.NO_OPERATION));
  }

  @Override
  public Origin asking(ModelStep.Backends backends, List<HeaderChange> changes) {
    Rule rule = Objects.requireNonNull(exchange.rule(), "a rule was matched");
    Understood question = Objects.requireNonNull(read, "it was read");
    return Objects.requireNonNull(spared, "it was read")
        .watching(question.origin(rule, backends, changes, rests, told));
  }

  @Override
  public ModelStep.Told problem(ProblemException problem) {
    return Problems.told(ERRORS, reader.path().method(), problem);
  }
}
