package io.warmgate.server.limit;

import io.warmgate.config.BackendRef;
import io.warmgate.config.Consumer;
import io.warmgate.config.Limit;
import io.warmgate.config.Model;
import io.warmgate.config.Rule;
import io.warmgate.server.exchange.Caller;
import io.warmgate.server.exchange.Exchange;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A limit, where it stands.
 *
 * @param scope what its counts are told apart by from every other limit's: they go on while its
 *     amount changes, and begin anew where it counts something else
 */
record CompiledLimit(Limit limit, Scope scope) {

  /** Where it stands, and what it counts. */
  sealed interface Scope {
    /** In a rule. */
    record OfRule(String route, String rule, Counted counted) implements Scope {}

    /** In a consumer, for every route. */
    record OfConsumer(String consumer, Counted counted) implements Scope {}
  }

  /** What a change of makes another count. */
  record Counted(
      String name, Limit.By by, Limit.Unit unit, @Nullable String currency, long perMillis) {
    Counted(Limit limit) {
      this(limit.name(), limit.by(), limit.unit(), limit.currency(), limit.perMillis());
    }

    private String what() {
      return currency == null ? unit.name() : unit.name() + " " + currency;
    }
  }

  static List<CompiledLimit> of(String route, Rule rule) {
    return rule.limits().stream()
        .map(
            limit ->
                new CompiledLimit(limit, new Scope.OfRule(route, rule.id(), new Counted(limit))))
        .toList();
  }

  static List<CompiledLimit> of(Consumer consumer) {
    return consumer.limits().stream()
        .map(
            limit ->
                new CompiledLimit(limit, new Scope.OfConsumer(consumer.id(), new Counted(limit))))
        .toList();
  }

  /**
   * What {@link #who} is made of: two requests with the same are of the same.
   *
   * @return text that is equal, or an object that is the same one; null: nobody
   */
  @Nullable Object asker(Exchange exchange, @Nullable BackendRef backend) {
    return switch (limit.by()) {
      case CONSUMER -> {
        Consumer consumer = exchange.caller().consumer();
        yield consumer != null ? consumer : exchange.caller().subject();
      }
      case ROUTE -> exchange.rule();
      case BACKEND -> backend == null ? null : asked(backend);
      case CLIENT_ADDRESS -> exchange.client().address();
    };
  }

  /** Whose request it is, so far as this limit counts apart. */
  String who(Exchange exchange, @Nullable BackendRef backend) {
    return switch (limit.by()) {
      case CONSUMER -> caller(exchange.caller());
      case ROUTE ->
          switch (scope) {
            case Scope.OfRule _ -> "";
            case Scope.OfConsumer _ ->
                exchange.routeId() + "\0" + Objects.requireNonNull(exchange.rule()).id();
          };
      case BACKEND -> backend == null ? "" : asked(backend);
      case CLIENT_ADDRESS -> ClientNetwork.of(exchange.client().address());
    };
  }

  /** Several models may be behind one endpoint; a release of one is the same model. */
  static String asked(BackendRef backend) {
    return backend.model() == null ? backend.backend() : Model.label(backend.model());
  }

  /** A consumer's id has a slash in it, and no subject can pass for one. */
  private static String caller(Caller caller) {
    Consumer consumer = caller.consumer();
    if (consumer != null) {
      return "c" + consumer.id();
    }
    return caller.subject() == null ? "" : "s" + caller.subject();
  }

  /** Under which it is counted in Redis: nobody reads there who asks. */
  byte[] digested(String who) {
    Counted counted =
        switch (scope) {
          case Scope.OfRule of -> of.counted();
          case Scope.OfConsumer of -> of.counted();
        };
    String where =
        switch (scope) {
          case Scope.OfRule of -> "rule\0" + of.route() + "\0" + of.rule();
          case Scope.OfConsumer of -> "consumer\0" + of.consumer();
        };
    return String.join(
            "\0",
            where,
            counted.name(),
            counted.by().name(),
            counted.what(),
            Long.toString(counted.perMillis()),
            who)
        .getBytes(StandardCharsets.UTF_8);
  }
}
