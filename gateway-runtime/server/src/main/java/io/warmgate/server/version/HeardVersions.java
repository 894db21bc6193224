package io.warmgate.server.version;

import io.warmgate.config.Backend;
import io.warmgate.config.Model;
import io.warmgate.config.admin.AnswerField;
import io.warmgate.config.admin.ServedVersions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the answers of models have said of their versions, by model and field. Safe for threads. */
final class HeardVersions {
  /** What else providers write there is no version. */
  private static final Pattern VERSION = Pattern.compile("[\\x21-\\x7e]{1,256}");

  private final Lately lately;
  private final LongSupplier nanos;
  private final Map<String, Hearing> hearings = new TreeMap<>();

  HeardVersions(Lately lately, LongSupplier nanos) {
    this.lately = lately;
    this.nanos = nanos;
  }

  /** Of a model that goes by whichever name clients say there is no version. */
  Ear ear(Model model, Backend backend) {
    if (model.asksAny()) {
      return Ear.NONE;
    }
    String byModel = ServedVersions.answers(model, backend, AnswerField.MODEL);
    String byFingerprint = ServedVersions.answers(model, backend, AnswerField.SYSTEM_FINGERPRINT);
    return (answering, fingerprint) -> {
      heard(byModel, answering);
      heard(byFingerprint, fingerprint);
    };
  }

  private void heard(String what, @Nullable String version) {
    if (version != null && VERSION.matcher(version).matches()) {
      synchronized (this) {
        hearings.computeIfAbsent(what, _ -> new Hearing(lately)).heard(version, now());
      }
    }
  }

  /** In the order of their names; nothing of those of which too little was heard. */
  synchronized List<ServedVersions> states() {
    long now = now();
    hearings.values().removeIf(any -> any.isSilent(now));
    List<ServedVersions> states = new ArrayList<>();
    hearings.forEach(
        (what, hearing) -> {
          List<String> said = hearing.said(now);
          if (!said.isEmpty()) {
            states.add(
                new ServedVersions(what, said.subList(0, 1), said.stream().sorted().toList()));
          }
        });
    return states;
  }

  private long now() {
    return TimeUnit.NANOSECONDS.toMillis(nanos.getAsLong());
  }
}
