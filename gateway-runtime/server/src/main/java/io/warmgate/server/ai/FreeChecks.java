package io.warmgate.server.ai;

import io.warmgate.config.Backend;
import io.warmgate.config.BackendRef;
import io.warmgate.config.GatewayConfig;
import io.warmgate.config.Model;
import io.warmgate.config.Route;
import io.warmgate.config.Rule;
import io.warmgate.config.ValueRef;
import io.warmgate.server.credential.Check;
import io.warmgate.server.upstream.Inquiries;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which credentials of a configuration are checked: each once at each place. */
final class FreeChecks {
  private FreeChecks() {}

  /**
   * Where, in which dialect and with which credential a model is asked.
   *
   * @param key null: it is asked without one
   * @param backend null: no rule asks the model
   */
  static String account(Model model, @Nullable ValueRef key, @Nullable Backend backend) {
    StringBuilder account = new StringBuilder(model.provider().name());
    if (backend != null) {
      account.append(' ').append(backend.target()).append(' ').append(backend.tls());
    }
    if (model.provider().takesTensors()) {
      // What is asked is of the model.
      account.append(' ').append(model.model()).append(' ');
      account.append(model.tensors() == null ? null : model.tensors().version());
    }
    return account.append(' ').append(key == null ? "" : key.fingerprint()).toString();
  }

  /** The backends that models are asked at, by the models' ids. */
  static Map<String, Backend> backends(GatewayConfig config) {
    Map<String, Backend> byId =
        config.backends().stream().collect(Collectors.toMap(Backend::id, Function.identity()));
    Map<String, Backend> backends = new HashMap<>();
    for (Route route : config.routes()) {
      for (Rule rule : route.allRules()) {
        for (BackendRef ref : rule.backends()) {
          Backend backend = byId.get(ref.backend());
          if (ref.model() != null && backend != null) {
            backends.putIfAbsent(ref.model(), backend);
          }
        }
      }
    }
    return backends;
  }

  /** Of the models as they are written: another form of one goes away by itself. */
  static List<Check> of(
      GatewayConfig config, Map<String, ServedModel> models, Inquiries inquiries) {
    Map<String, Backend> backends = backends(config);
    Map<String, Check> checks = new LinkedHashMap<>();
    for (Model model : config.models()) {
      Backend backend = backends.get(model.id());
      if (backend != null && model.asWritten()) {
        ServedModel served = Objects.requireNonNull(models.get(model.id()), "a model of it");
        for (int i = 0; i < served.keys().size(); i++) {
          ValueRef key = model.keys().isEmpty() ? model.credential() : model.keys().get(i).value();
          FreeCheck check = new FreeCheck(served, served.keys().get(i).credential(), backend.id());
          String account = account(model, key, backend);
          checks.merge(
              account,
              new Check(account, key, List.of(model.object()), () -> check.ask(inquiries)),
              FreeChecks::together);
        }
      }
    }
    return List.copyOf(checks.values());
  }

  private static Check together(Check first, Check more) {
    return first.with(
        Stream.concat(first.models().stream(), more.models().stream()).distinct().toList());
  }
}
