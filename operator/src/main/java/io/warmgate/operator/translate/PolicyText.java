package io.warmgate.operator.translate;

import io.warmgate.config.Admission;
import io.warmgate.config.CacheRule;
import io.warmgate.config.ClientView;
import io.warmgate.config.Conditions;
import io.warmgate.config.Expiry;
import io.warmgate.config.KeyParts;
import io.warmgate.config.Lifetimes;
import io.warmgate.config.Methods;
import io.warmgate.crd.v1alpha1.Consistency;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What holds for a rule, in one line for people: what is not the default, in a policy's words. */
public final class PolicyText {
  /** A status is no place for long lists. */
  private static final int MAX = 1_000;

  private final List<String> said = new ArrayList<>();

  private PolicyText() {}

  /** Never empty. */
  public static String of(CacheRule rule) {
    PolicyText text = new PolicyText();
    text.lifetimes(rule);
    text.key(rule);
    text.rest(rule);
    String line = text.said.isEmpty() ? "as the origin says" : String.join(", ", text.said);
    return line.length() > MAX ? line.substring(0, MAX) + "…" : line;
  }

  private void lifetimes(CacheRule rule) {
    Lifetimes lifetimes = rule.options().lifetimes();
    if (lifetimes.mode() == Lifetimes.Mode.OVERRIDE) {
      say("mode", "Override");
    }
    time("ttl.default", rule.defaultTtlMillis());
    for (Lifetimes.OfStatus entry : lifetimes.byStatus()) {
      String status = entry.status() < 10 ? entry.status() + "xx" : String.valueOf(entry.status());
      time("ttl." + status, entry.millis());
    }
    time("ttl.negative", lifetimes.negativeMillis());
    time("ttl.max", rule.maxTtlMillis());
    Expiry expiry = rule.options().expiry();
    if (expiry.jitterPercent() > 0) {
      say("ttl.jitter", expiry.jitterPercent());
    }
    time("staleWhileRevalidate", rule.staleWhileRevalidateMillis());
    time("staleIfError", rule.staleIfErrorMillis());
    if (expiry.earlyRefresh() == Expiry.EarlyRefresh.ON) {
      say("earlyRefresh", "Probabilistic");
    }
  }

  private void key(CacheRule rule) {
    KeyParts parts = rule.options().keyParts();
    names("key.query." + rule.query().mode().name().toLowerCase(Locale.ROOT), rule.query().names());
    if (parts.queryOrder() == KeyParts.QueryOrder.SORT) {
      say("key.query.order", "Sort");
    }
    names("key.headers", rule.headers());
    names("key.cookies", parts.cookies());
    names("key.ignoredCookies", parts.ignoredCookies());
    names("key.credentialHeaders", parts.credentialHeaders());
    KeyParts.CallerPartition callers = parts.callers();
    if (callers != null) {
      say("key.partitionBy", callers.claim() == null ? "Consumer" : "Claim " + callers.claim());
    }
  }

  private void rest(CacheRule rule) {
    Methods methods = rule.options().methods();
    if (!methods.names().equals(Methods.SAFE.names())) {
      names("methods", methods.names().stream().map(Methods.Name::name).toList());
    }
    if (methods.maxContentBytes() != Methods.DEFAULT_MAX_CONTENT) {
      say("maxKeyedBodySize", methods.maxContentBytes());
    }
    Conditions conditions = rule.options().conditions();
    names("bypass", conditions.bypass().stream().map(PolicyText::condition).toList());
    names("noStore", conditions.noStore().stream().map(PolicyText::condition).toList());
    if (conditions.sensitive() != null) {
      say("allowSensitive", true);
    }
    Admission admission = rule.options().admission();
    if (admission.minBodyBytes() > 0) {
      say("minBodySize", admission.minBodyBytes());
    }
    if (admission.maxBodyBytes() != null) {
      say("maxBodySize", admission.maxBodyBytes());
    }
    if (admission.minUses() > 1) {
      say("minUses", admission.minUses() + " within " + text(admission.withinMillis()));
    }
    names("tags.fromHeaders", rule.tags().fromHeaders());
    names("tags.add", rule.tags().add());
    ClientView client = rule.options().client();
    if (client.cacheControl() != null) {
      say("client.cacheControl", "\"" + client.cacheControl() + "\"");
    }
    if (client.surrogateHeaders() == ClientView.SurrogateHeaders.STRIP) {
      say("client.surrogateHeaders", "Strip");
    }
    if (rule.maxUnverifiedMillis() != Consistency.DEFAULT_MAX_UNVERIFIED.toDuration().toMillis()) {
      say("consistency.maxUnverified", text(rule.maxUnverifiedMillis()));
    }
    if (rule.onLogLoss() == CacheRule.OnLogLoss.BYPASS) {
      say("consistency.onLogLoss", "Bypass");
    }
  }

  private static String condition(Conditions.Condition condition) {
    String name = condition.part().name().toLowerCase(Locale.ROOT) + " " + condition.name();
    return condition.value() == null ? name : name + "=" + condition.value();
  }

  private void time(String field, @Nullable Long millis) {
    if (millis != null) {
      say(field, text(millis));
    }
  }

  private void names(String field, List<String> names) {
    if (!names.isEmpty()) {
      say(field, names.stream().collect(Collectors.joining(" ", "[", "]")));
    }
  }

  private void say(String field, Object value) {
    said.add(field + "=" + value);
  }

  /** As policies have durations. */
  private static String text(long millis) {
    Duration left = Duration.ofMillis(millis);
    StringBuilder text = new StringBuilder();
    part(text, left.toDays(), "d");
    part(text, left.toHoursPart(), "h");
    part(text, left.toMinutesPart(), "m");
    part(text, left.toSecondsPart(), "s");
    part(text, left.toMillisPart(), "ms");
    return text.isEmpty() ? "0s" : text.toString();
  }

  private static void part(StringBuilder text, long number, String unit) {
    if (number > 0) {
      text.append(number).append(unit);
    }
  }
}
