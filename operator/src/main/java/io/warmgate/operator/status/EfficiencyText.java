package io.warmgate.operator.status;

import io.warmgate.config.CacheLayers;
import io.warmgate.config.CacheRule;
import io.warmgate.config.admin.ClientTraffic;
import io.warmgate.config.admin.Miss;
import io.warmgate.crd.v1alpha1.ConditionReason;
import io.warmgate.operator.status.PolicyTraffic.OfRule;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** What a person reads about a policy's hits: figures, what they come from, and a cure. */
final class EfficiencyText {
  /** Causes with a smaller share of the misses are not named, in percent. */
  private static final int WORTH_A_WORD = 10;

  private EfficiencyText() {}

  static String of(Efficiency said, PolicyTraffic traffic, CacheLayers layers) {
    ConditionReason reason = Objects.requireNonNull(said.reason());
    String hits =
        "About %s of the cacheable requests were answered from the caches".formatted(said.text());
    if (reason == ConditionReason.MOSTLY_HITS) {
      return hits;
    }
    Miss cause =
        Arrays.stream(Miss.values())
            .filter(miss -> Efficiency.reason(miss) == reason)
            .findFirst()
            .orElseThrow();
    ClientTraffic clients = traffic.clients();
    OfRule worst = worst(traffic, cause);
    return "%s. Of the others %s%s%s. %s"
        .formatted(
            hits,
            named(cause, clients),
            others(cause, clients),
            traffic.rules().size() < 2
                ? ""
                : "; most of it in rule '%s' of ApiRoute/%s"
                    .formatted(worst.rule().id(), worst.route()),
            cure(cause, worst, layers));
  }

  /** The rule with most misses of that kind: there the cure is looked for. */
  private static OfRule worst(PolicyTraffic traffic, Miss cause) {
    return traffic.rules().stream()
        .max(Comparator.comparingLong(rule -> rule.clients().missed(cause)))
        .orElseThrow();
  }

  private static String others(Miss cause, ClientTraffic clients) {
    String others =
        Arrays.stream(Miss.values())
            .filter(miss -> miss != cause && Efficiency.share(clients, miss) >= WORTH_A_WORD)
            .sorted(Comparator.<Miss>comparingLong(clients::missed).reversed())
            .map(miss -> named(miss, clients))
            .collect(Collectors.joining(", "));
    return others.isEmpty() ? "" : " (" + others + ")";
  }

  private static String named(Miss miss, ClientTraffic clients) {
    return Math.round(Efficiency.share(clients, miss)) + "% " + words(miss);
  }

  private static String words(Miss miss) {
    return switch (miss) {
      case EXPIRED -> "had expired";
      case FIRST_SEEN -> "were asked for the first time in long";
      case SAME_ANSWER -> "got the very answer that their path has under another key";
      case EVICTED -> "had been evicted before they expired";
      case UNCACHEABLE -> "got answers that are not kept";
      case BYPASSED -> "were none for the cache";
      case PURGED -> "had been purged";
      case FAILED -> "got an error or no answer";
    };
  }

  private static String cure(Miss cause, OfRule worst, CacheLayers layers) {
    CacheRule rule = Objects.requireNonNull(worst.rule().cache(), "it is cached");
    return switch (cause) {
      case EXPIRED -> LifetimeCure.of(rule, worst.clients());
      case FIRST_SEEN -> rarelyAsked(rule);
      case SAME_ANSWER -> key(rule);
      case EVICTED -> room(layers);
      case UNCACHEABLE -> NotStoredCure.of(worst.clients().notStored());
      case BYPASSED -> bypassed(rule);
      case PURGED ->
          "Purge less at once (tags or keys in place of prefixes), or mode: Soft, which lets what"
              + " was purged be validated";
      case FAILED -> "The origin's errors are not kept; staleIfError lets what is kept stand in";
    };
  }

  private static String rarelyAsked(CacheRule rule) {
    int uses = rule.options().admission().minUses();
    return uses > 1
        ? "minUses.requests is %d: fewer keep answers sooner".formatted(uses)
        : "A cache helps where the same is asked for again; if different URLs mean the same, say so"
            + " in key.query";
  }

  private static String key(CacheRule rule) {
    List<String> suspects = rule.headers();
    if (!rule.options().keyParts().credentialHeaders().isEmpty()) {
      suspects = List.of("key.partitionBy: Credential");
    } else if (rule.options().keyParts().callers() != null) {
      suspects = List.of("key.partitionBy");
    }
    String first =
        switch (rule.query().mode()) {
          case ALL ->
              "Every query parameter is in the key: leave out what answers do not depend on"
                  + " (key.query.exclude), or name what they do (key.query.include)";
          case EXCLUDE ->
              "Leave out more query parameters (key.query.exclude), or name those that"
                  + " answers depend on (key.query.include)";
          case INCLUDE -> "Leave out of key.query.include what answers do not depend on";
        };
    return first
        + (suspects.isEmpty()
            ? "; the origin's Vary makes keys too"
            : "; %s and the origin's Vary make keys too".formatted(String.join(", ", suspects)));
  }

  private static String room(CacheLayers layers) {
    String local =
        "cache.local.maxMemory of the ApiGateway is %d MiB".formatted(layers.localMaxBytes() >> 20);
    return layers.shared() == null
        ? local + ": raise it, or share a RedisCache among the pods (cache.sharedRef)"
        : local + ", and what it evicts lies in the RedisCache: raise that one's maxMemory";
  }

  private static String bypassed(CacheRule rule) {
    return rule.options().conditions().bypass().isEmpty()
        ? "They ask for ranges of what is not kept, have preconditions, or say no-store"
            + " (Cache-Status says which)"
        : "The policy's bypass and noStore conditions, ranges and preconditions do that"
            + " (Cache-Status says which)";
  }
}
