package io.warmgate.operator.source;

import io.warmgate.config.AccessRule;
import io.warmgate.config.CacheRule;
import io.warmgate.config.Consumer;
import io.warmgate.config.Consumer.Grant;
import io.warmgate.config.GatewayConfig;
import io.warmgate.config.KeyParts.CallerPartition;
import io.warmgate.config.Rule;
import io.warmgate.config.admin.WarmRequest.Question;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which questions to models can be asked before clients do: those whose answers somebody will find.
 * Where each consumer has answers of its own a question needs one that may ask it.
 */
final class Askable {
  private final String namespace;
  private final Map<String, Consumer> consumers = new HashMap<>();

  Askable(GatewayConfig config) {
    this.namespace = config.gateway().namespace();
    config.access().consumers().forEach(consumer -> consumers.put(consumer.id(), consumer));
  }

  /** What becomes of a wish. */
  sealed interface Outcome {}

  /** It is asked so: with the whole name of its consumer, where that matters. */
  record Asked(Wish wish) implements Outcome {}

  /**
   * It is not.
   *
   * @param why a sentence's end, for people
   */
  record Refused(String why) implements Outcome {}

  /**
   * @param claim the rule that takes it
   */
  Outcome of(PathIndex.Claim claim, Wish wish) {
    Question question = wish.question();
    if (question == null) {
      return new Asked(wish);
    }
    String consumer = whole(question.consumer());
    String why = refusal(claim, consumer);
    return why == null
        ? new Asked(
            new Wish(
                wish.scheme(),
                wish.host(),
                wish.target(),
                wish.headers(),
                new Question(question.content(), consumer)))
        : new Refused(why);
  }

  private @Nullable String whole(@Nullable String consumer) {
    return consumer == null || consumer.contains("/") ? consumer : namespace + "/" + consumer;
  }

  private @Nullable String refusal(PathIndex.Claim claim, @Nullable String consumer) {
    Rule rule = claim.rule();
    String place = "rule '%s' of %s".formatted(rule.id(), claim.route());
    if (!rule.asksModels()) {
      return place + " asks no model";
    }
    CacheRule cache = rule.cache();
    if (cache == null) {
      return place + " has no CachePolicy, so that nothing of it is kept";
    }
    CallerPartition callers = cache.options().keyParts().callers();
    if (callers == null) {
      return null;
    }
    if (callers.claim() != null) {
      return place
          + " keeps answers for each value of a claim, which nobody can be asked for; with"
          + " partitionBy: None, or Consumer, they can";
    }
    return consumer == null
        ? place + " keeps answers for each consumer; say whose in consumers, or partitionBy: None"
        : refusal(claim.route(), rule.access(), consumer);
  }

  private @Nullable String refusal(String route, @Nullable AccessRule access, String consumer) {
    Consumer known = consumers.get(consumer);
    if (known == null) {
      return "ApiConsumer %s is not one of the gateway's".formatted(consumer);
    }
    boolean granted =
        access == null
            || access.callers() != AccessRule.Callers.GRANTED
            || known.grants().contains(new Grant(route, Grant.State.GRANTED));
    return granted ? null : "ApiConsumer %s may not call %s".formatted(consumer, route);
  }
}
