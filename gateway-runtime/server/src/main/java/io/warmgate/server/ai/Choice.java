package io.warmgate.server.ai;

import io.warmgate.ai.chat.ErrorKind;
import io.warmgate.ai.chat.ModelError;
import io.warmgate.config.BackendRef;
import io.warmgate.config.Limit;
import io.warmgate.config.Rule;
import io.warmgate.server.exchange.Problem;
import io.warmgate.server.exchange.ProblemException;
import io.warmgate.server.exchange.WeightedChoice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongUnaryOperator;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A model of a rule that may be asked.
 *
 * @param share of the rule
 */
record Choice(BackendRef share, ServedModel model) {

  /**
   * Those that are called so, or, where none is, those that are asked for any model: first who is
   * chosen, then who stands in for it, one after the other. Lower priorities go first, and among
   * equals the weights draw.
   *
   * @param models by id
   * @return never empty
   * @throws ProblemException where none is, or none whose cost counts where it has to
   */
  static List<Choice> of(Rule rule, Map<String, ServedModel> models, String name, Asker asker) {
    return of(
        rule,
        models,
        name,
        new Able("holds no conversations", model -> !takesTensors(model)),
        asker);
  }

  /** The same among those that make embeddings. */
  static List<Choice> ofEmbeddings(
      Rule rule, Map<String, ServedModel> models, String name, Asker asker) {
    return of(
        rule,
        models,
        name,
        new Able("makes no embeddings", model -> model.model().provider().makesEmbeddings()),
        asker);
  }

  /** The same among those that take tensors by a protocol, in the version that is named. */
  static List<Choice> ofTensors(
      Rule rule, Map<String, ServedModel> models, TensorPath path, Asker asker) {
    Able able =
        new Able(
            "is not asked by " + path.protocol().dialect().title(),
            model -> model.model().provider() == path.provider());
    List<Choice> order = of(rule, models, path.model(), able, asker);
    order.removeIf(choice -> !path.admits(choice.model().tensors().version()));
    TensorPath.Pin pin = path.pin();
    if (order.isEmpty() && pin != null) {
      throw none("Nothing of the model '%s' is at %s.".formatted(path.model(), pin.path()));
    }
    return order;
  }

  /**
   * Which models can be asked something at all.
   *
   * @param not what is said of one that cannot, behind its name
   */
  private record Able(String not, Predicate<ServedModel> test) {}

  private static boolean takesTensors(ServedModel model) {
    return model.model().provider().takesTensors();
  }

  private static ProblemException none(String message) {
    return new ProblemException(
        Problem.NO_MODEL,
        new ModelFailure(new ModelError(ErrorKind.NOT_FOUND, message, null, "model")));
  }

  private static List<Choice> of(
      Rule rule, Map<String, ServedModel> models, String name, Able able, Asker asker) {
    SortedMap<Integer, List<BackendRef>> fit = new TreeMap<>();
    boolean called = false;
    boolean hasName = isCalled(rule, models, name);
    Limit uncounted = null;
    for (BackendRef ref : rule.backends()) {
      ServedModel model = model(ref, models);
      boolean isMeant = hasName ? model.isCalled(name) : model.takes(name);
      if (isMeant && able.test().test(model)) {
        Limit budget = asker.uncounted(model.model());
        if (budget == null) {
          int priority = ref.priority() == null ? 0 : ref.priority();
          fit.computeIfAbsent(priority, _ -> new ArrayList<>()).add(ref);
        } else {
          uncounted = budget;
        }
      }
      called |= isMeant;
    }
    List<Choice> order = new ArrayList<>();
    fit.values().forEach(equals -> draw(equals, models, asker::draw, order));
    if (!hasName) {
      order.replaceAll(choice -> new Choice(choice.share(), choice.model().asking(name)));
    }
    if (uncounted != null && fit.isEmpty()) {
      throw unpriced(name, uncounted);
    }
    if (called && fit.isEmpty()) {
      String message = "The model '" + name + "' " + able.not() + ".";
      throw new ProblemException(
          Problem.MODEL_REQUEST,
          new ModelFailure(new ModelError(ErrorKind.INVALID_REQUEST, message, null, "model")));
    }
    if (order.isEmpty()) {
      throw none("The model '" + name + "' does not exist or you do not have access to it.");
    }
    return order;
  }

  private static boolean isCalled(Rule rule, Map<String, ServedModel> models, String name) {
    for (BackendRef ref : rule.backends()) {
      if (model(ref, models).isCalled(name)) {
        return true;
      }
    }
    return false;
  }

  /** What it costs would count in no budget. */
  private static ProblemException unpriced(String name, Limit budget) {
    String message =
        "The model '%s' has no price in %s, and the limit '%s' counts what models cost in it."
            .formatted(name, budget.currency(), budget.name());
    return new ProblemException(
        Problem.UNPRICED,
        new ModelFailure(new ModelError(ErrorKind.PERMISSION, message, null, "model")));
  }

  /** Adds those of one priority, in the order that the weights draw. */
  private static void draw(
      List<BackendRef> equals,
      Map<String, ServedModel> models,
      LongUnaryOperator draw,
      List<Choice> order) {
    List<BackendRef> left = new ArrayList<>(equals);
    for (BackendRef next = choose(left, draw); next != null; next = choose(left, draw)) {
      order.add(new Choice(next, model(next, models)));
      left.remove(next);
    }
  }

  private static @Nullable BackendRef choose(List<BackendRef> left, LongUnaryOperator draw) {
    return left.isEmpty() ? null : WeightedChoice.choose(left, draw);
  }

  /** What whoever asks may call models of the rule; what any model may be called is not known. */
  static Stream<String> names(Rule rule, Map<String, ServedModel> models, Asker asker) {
    return rule.backends().stream()
        .filter(ref -> ref.weight() > 0)
        .map(ref -> model(ref, models).model())
        .filter(model -> !model.asksAny() && asker.uncounted(model) == null)
        .flatMap(model -> model.names().stream())
        .distinct();
  }

  private static ServedModel model(BackendRef ref, Map<String, ServedModel> models) {
    return Objects.requireNonNull(models.get(ref.model()), "a model of the configuration");
  }
}
