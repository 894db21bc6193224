package io.warmgate.operator.translate;

import io.warmgate.config.Conditions;
import io.warmgate.config.Conditions.Condition;
import io.warmgate.config.Conditions.Condition.Part;
import io.warmgate.config.Methods;
import io.warmgate.crd.v1alpha1.CacheMethod;
import io.warmgate.crd.v1alpha1.CachePolicy;
import io.warmgate.crd.v1alpha1.CachePolicySpec;
import io.warmgate.crd.v1alpha1.RequestCondition;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** Which requests the cache is for. */
final class RequestFields {
  private static final PolicyField<List<RequestCondition>> BYPASS =
      PolicyField.list("bypass", CachePolicySpec::bypass);
  private static final PolicyField<List<RequestCondition>> NO_STORE =
      PolicyField.list("noStore", CachePolicySpec::noStore);

  private static final PolicyField<List<CacheMethod>> METHODS =
      PolicyField.list("methods", CachePolicySpec::methods);
  private static final PolicyField<String> MAX_KEYED_BODY =
      new PolicyField<>("maxKeyedBodySize", CachePolicySpec::maxKeyedBodySize);

  static final PolicyField<Boolean> SENSITIVE =
      new PolicyField<>("allowSensitive", CachePolicySpec::allowSensitive);

  static final List<PolicyField<?>> ALL =
      List.of(METHODS, MAX_KEYED_BODY, BYPASS, NO_STORE, SENSITIVE);

  private RequestFields() {}

  static Methods methods(List<CachePolicy> policies) {
    return new Methods(
        METHODS
            .first(policies)
            .map(asked -> asked.stream().distinct().sorted().map(RequestFields::name).toList())
            .orElse(Methods.SAFE.names()),
        MAX_KEYED_BODY
            .first(policies)
            .map(AdmissionFields::bytes)
            .orElse(Methods.DEFAULT_MAX_CONTENT));
  }

  private static Methods.Name name(CacheMethod method) {
    return switch (method) {
      case GET -> Methods.Name.GET;
      case HEAD -> Methods.Name.HEAD;
      case POST -> Methods.Name.POST;
    };
  }

  static Conditions merge(List<CachePolicy> policies) {
    return new Conditions(
        conditions(BYPASS, policies),
        conditions(NO_STORE, policies),
        SENSITIVE.first(policies).orElse(false) ? Conditions.Sensitive.ALLOWED : null);
  }

  private static List<Condition> conditions(
      PolicyField<List<RequestCondition>> field, List<CachePolicy> policies) {
    return field.first(policies).orElse(List.of()).stream().map(RequestFields::condition).toList();
  }

  private static Condition condition(RequestCondition asked) {
    if (asked.header() != null) {
      return new Condition(Part.HEADER, asked.header().toLowerCase(Locale.ROOT), asked.value());
    }
    if (asked.field() != null) {
      return new Condition(Part.FIELD, asked.field(), asked.value());
    }
    return asked.query() != null
        ? new Condition(Part.QUERY, asked.query(), asked.value())
        : new Condition(Part.COOKIE, Objects.requireNonNullElse(asked.cookie(), ""), asked.value());
  }
}
