package io.warmgate.local.kubelet;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarSource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A container's environment: {@code envFrom}, then {@code env}, with <code>$(NAME)</code> filled
 * in.
 */
final class Environment {
  private static final Pattern REFERENCE =
      Pattern.compile("\\$\\$|\\$\\(([A-Za-z_][A-Za-z0-9_.-]*)\\)");

  private final Pod pod;
  private final String ip;
  private final Sources sources;

  Environment(Pod pod, String ip, Sources sources) {
    this.pod = pod;
    this.ip = ip;
    this.sources = sources;
  }

  /** The variables in order; over {@code base}, which they may refer to. */
  Map<String, String> of(Container container, Map<String, String> base) throws NotYet {
    var env = new LinkedHashMap<>(base);
    for (EnvFromSource from : container.getEnvFrom()) {
      String prefix = from.getPrefix() == null ? "" : from.getPrefix();
      for (var entry : all(from).entrySet()) {
        env.put(prefix + entry.getKey(), entry.getValue());
      }
    }
    for (EnvVar variable : container.getEnv()) {
      String value = value(container, variable, env);
      if (value != null) {
        env.put(variable.getName(), value);
      }
    }
    return env;
  }

  /** Fills in references; <code>$$</code> is a dollar, an unknown name stays as it is. */
  static String expand(String text, Map<String, String> env) {
    Matcher matcher = REFERENCE.matcher(text);
    return matcher.replaceAll(
        match -> {
          String name = match.group(1);
          String value = name == null ? "$" : env.getOrDefault(name, match.group());
          return Matcher.quoteReplacement(value);
        });
  }

  private @Nullable String value(Container container, EnvVar variable, Map<String, String> env)
      throws NotYet {
    EnvVarSource from = variable.getValueFrom();
    if (from == null) {
      return expand(variable.getValue() == null ? "" : variable.getValue(), env);
    }
    if (from.getFieldRef() != null) {
      return Fields.of(pod, ip, from.getFieldRef().getFieldPath());
    }
    if (from.getResourceFieldRef() != null) {
      return Fields.of(container, from.getResourceFieldRef());
    }
    if (from.getConfigMapKeyRef() != null) {
      var ref = from.getConfigMapKeyRef();
      return entry(
          "ConfigMap", ref.getName(), ref.getKey(), ref.getOptional(), configMap(ref.getName()));
    }
    if (from.getSecretKeyRef() != null) {
      var ref = from.getSecretKeyRef();
      return entry("Secret", ref.getName(), ref.getKey(), ref.getOptional(), secret(ref.getName()));
    }
    throw new NotYet(
        "CreateContainerConfigError", "env " + variable.getName() + " has an unknown source");
  }

  private Map<String, String> all(EnvFromSource from) throws NotYet {
    if (from.getConfigMapRef() != null) {
      var ref = from.getConfigMapRef();
      return required("ConfigMap", ref.getName(), ref.getOptional(), configMap(ref.getName()));
    }
    var ref = from.getSecretRef();
    return required("Secret", ref.getName(), ref.getOptional(), secret(ref.getName()));
  }

  private Optional<Map<String, String>> configMap(String name) {
    return sources.configMap(pod.getMetadata().getNamespace(), name).map(ConfigMap::getData);
  }

  private Optional<Map<String, String>> secret(String name) {
    return sources
        .secret(pod.getMetadata().getNamespace(), name)
        .map(Secret::getData)
        .map(
            data -> {
              var text = new HashMap<String, String>();
              data.forEach(
                  (key, value) ->
                      text.put(
                          key,
                          new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8)));
              return text;
            });
  }

  private static @Nullable String entry(
      String kind,
      String name,
      String key,
      @Nullable Boolean optional,
      Optional<Map<String, String>> data)
      throws NotYet {
    String value = required(kind, name, optional, data).get(key);
    if (value == null && !Boolean.TRUE.equals(optional)) {
      throw new NotYet(
          "CreateContainerConfigError", "%s \"%s\" has no key \"%s\"".formatted(kind, name, key));
    }
    return value;
  }

  private static Map<String, String> required(
      String kind, String name, @Nullable Boolean optional, Optional<Map<String, String>> data)
      throws NotYet {
    if (data.isEmpty() && !Boolean.TRUE.equals(optional)) {
      throw new NotYet(
          "CreateContainerConfigError", "%s \"%s\" is not there".formatted(kind, name));
    }
    return data.orElse(Map.of());
  }
}
