package io.warmgate.server.cache;

import io.warmgate.config.admin.ExplainRequest.Field;
import io.warmgate.config.admin.Explanation;
import io.warmgate.config.admin.Explanation.Action;
import io.warmgate.config.admin.Explanation.Decided;
import io.warmgate.config.admin.Explanation.Why;
import io.warmgate.httpcache.CachingPolicy;
import io.warmgate.httpcache.Decision;
import io.warmgate.httpcache.Decision.Forward;
import io.warmgate.httpcache.Decision.Pass;
import io.warmgate.httpcache.Decision.Refuse;
import io.warmgate.httpcache.Decision.Serve;
import io.warmgate.httpcache.Decision.ServeAndRevalidate;
import io.warmgate.httpcache.Decision.Validate;
import io.warmgate.httpcache.Fields;
import io.warmgate.httpcache.Reason;
import io.warmgate.httpcache.ReasonText;
import io.warmgate.httpcache.StaleWindows;
import io.warmgate.httpcache.entry.StoredResponse;
import io.warmgate.httpcache.entry.Validity;
import io.warmgate.httpcache.rule.Age;
import io.warmgate.httpcache.rule.Credentials;
import io.warmgate.httpcache.rule.Freshness;
import io.warmgate.httpcache.rule.StaleServing;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The cache's own terms in those of an explanation, without any credential. */
final class Shown {
  private static final String HIDDEN = "***";
  private static final Set<String> SECRET = Set.of("cookie", "set-cookie");

  private Shown() {}

  static Why why(Reason reason) {
    ReasonText text = ReasonText.of(reason);
    return new Why(reason.token(), reason.source(), text.text(), text.cure());
  }

  static Decided decided(Decision decision) {
    Action action =
        switch (decision) {
          case Serve _ -> Action.SERVE;
          case ServeAndRevalidate _ -> Action.SERVE_AND_REVALIDATE;
          case Validate _ -> Action.VALIDATE;
          case Forward _ -> Action.FORWARD;
          case Pass _ -> Action.PASS;
          case Refuse _ -> Action.ANSWER;
        };
    return new Decided(
        action,
        why(decision.reason()),
        decision instanceof Pass(Reason _, Reason notStored) ? why(notStored) : null);
  }

  static Explanation.Entry entry(StoredResponse entry, CachingPolicy policy, long now) {
    Validity validity = entry.validity();
    StaleWindows stale = StaleServing.effective(validity, policy);
    return new Explanation.Entry(
        entry.status(),
        fields(entry.fields()),
        entry.provenance().tags(),
        entry.provenance().generation(),
        entry.body().length(),
        Age.current(validity, now),
        validity.lifetimeMillis(),
        Freshness.remaining(validity, now),
        orZero(stale.whileRevalidateMillis()),
        orZero(stale.ifErrorMillis()),
        validity.constraints().stream().map(Enum::name).sorted().toList(),
        validity.responseMillis(),
        entry.provenance().position().toString());
  }

  private static long orZero(@Nullable Long millis) {
    return millis == null ? 0 : millis;
  }

  static List<Field> fields(Fields fields) {
    List<Field> shown = new ArrayList<>();
    fields.forEach((name, value) -> shown.add(field(name, value)));
    return shown;
  }

  static Field field(String name, String value) {
    String lower = name.toLowerCase(Locale.ROOT);
    boolean hidden = SECRET.contains(lower) || Credentials.mayBeOne(lower);
    return new Field(lower, hidden ? HIDDEN : value.replaceAll("[\\r\\n\\x00]", " "));
  }
}
