package io.warmgate.server.ai;

import io.warmgate.ai.chat.ErrorKind;
import io.warmgate.ai.chat.ModelError;
import io.warmgate.config.BackendRef;
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
   * Those that are called so: first who is chosen, then who stands in for it, one after the other.
   * Lower priorities go first, and among equals the weights draw.
   *
   * @param models by id
   * @param draw from 0 to below its argument
   * @return never empty
   * @throws ProblemException where none is
   */
  static List<Choice> of(
      Rule rule, Map<String, ServedModel> models, String name, LongUnaryOperator draw) {
    return of(
        rule,
        models,
        name,
        new Able("holds no conversations", model -> !takesTensors(model)),
        draw);
  }

  /** The same among those that make embeddings. */
  static List<Choice> ofEmbeddings(
      Rule rule, Map<String, ServedModel> models, String name, LongUnaryOperator draw) {
    return of(
        rule,
        models,
        name,
        new Able("makes no embeddings", model -> model.model().provider().makesEmbeddings()),
        draw);
  }

  /** The same among those that take tensors by a protocol, in the version that is named. */
  static List<Choice> ofTensors(
      Rule rule, Map<String, ServedModel> models, TensorPath path, LongUnaryOperator draw) {
    Able able =
        new Able(
            "is not asked by " + path.protocol().dialect().title(),
            model -> model.model().provider() == path.provider());
    List<Choice> order = of(rule, models, path.model(), able, draw);
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
      Rule rule, Map<String, ServedModel> models, String name, Able able, LongUnaryOperator draw) {
    SortedMap<Integer, List<BackendRef>> fit = new TreeMap<>();
    boolean called = false;
    for (BackendRef ref : rule.backends()) {
      ServedModel model = model(ref, models);
      if (model.isCalled(name) && able.test().test(model)) {
        int priority = ref.priority() == null ? 0 : ref.priority();
        fit.computeIfAbsent(priority, _ -> new ArrayList<>()).add(ref);
      }
      called |= model.isCalled(name);
    }
    List<Choice> order = new ArrayList<>();
    fit.values().forEach(equals -> draw(equals, models, draw, order));
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

  /** What clients may call models of the rule. */
  static Stream<String> names(Rule rule, Map<String, ServedModel> models) {
    return rule.backends().stream()
        .filter(ref -> ref.weight() > 0)
        .flatMap(ref -> model(ref, models).model().names().stream())
        .distinct();
  }

  private static ServedModel model(BackendRef ref, Map<String, ServedModel> models) {
    return Objects.requireNonNull(models.get(ref.model()), "a model of the configuration");
  }
}
