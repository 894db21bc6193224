package io.warmgate.operator.status;

import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.warmgate.crd.v1alpha1.ApiConsumer;
import io.warmgate.crd.v1alpha1.Approval;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Who gave an order, as far as the object itself tells: the field manager of what was written
 * (kubectl's is {@code kubectl-create}, {@code kubectl-annotate} …; {@code --field-manager} names
 * another) and what was said of the reason. Who that was to the API server is in its audit log.
 *
 * @param manager {@value #UNKNOWN} where nothing tells
 * @param at when it was written (RFC 3339); null where nothing tells
 * @param reason null: none was given
 */
public record Author(String manager, @Nullable String at, @Nullable String reason) {
  /** On the object that an order is given by. */
  public static final String REASON = "warmgate.io/reason";

  static final String UNKNOWN = "somebody";
  private static final int MAX_REASON = 256;

  /** Who wrote an annotation of an object. */
  public static Author ofAnnotation(ObjectMeta meta, String annotation) {
    return of(
        meta.getManagedFields(),
        meta.getAnnotations(),
        fields -> has(fields, "f:metadata", "f:annotations", "f:" + annotation));
  }

  /** Who wrote an object's spec. */
  public static Author ofSpec(
      List<ManagedFieldsEntry> managed, @Nullable Map<String, String> annotations) {
    return of(managed, annotations, fields -> has(fields, "f:spec"));
  }

  /**
   * Who decided of a consumer's wish for a route; where nobody has, who wrote the wish. A
   * decision's own reason goes before the object's.
   */
  public static Author ofWish(
      ApiConsumer consumer, List<ManagedFieldsEntry> managed, String route) {
    Map<String, String> annotations = consumer.getMetadata().getAnnotations();
    Optional<Approval> decision =
        consumer.getSpec().approvals().stream()
            .filter(any -> any.route().equals(route))
            .findFirst();
    if (decision.isEmpty()) {
      return ofSpec(managed, annotations);
    }
    String entry = "k:{\"route\":\"" + route + "\"}";
    String reason = decision.get().reason();
    return of(
        managed,
        reason == null || reason.isBlank() ? annotations : Map.of(REASON, reason),
        fields -> has(fields, "f:spec", "f:approvals", entry));
  }

  private static Author of(
      @Nullable List<ManagedFieldsEntry> managed,
      @Nullable Map<String, String> annotations,
      Predicate<Map<String, Object>> wrote) {
    String reason = annotations == null ? null : annotations.get(REASON);
    Optional<ManagedFieldsEntry> entry =
        (managed == null ? List.<ManagedFieldsEntry>of() : managed)
            .stream()
                .filter(any -> any.getFieldsV1() != null)
                .filter(any -> wrote.test(any.getFieldsV1().getAdditionalProperties()))
                .max(Comparator.comparing(any -> any.getTime() == null ? "" : any.getTime()));
    return new Author(
        entry.map(ManagedFieldsEntry::getManager).map(Author::printable).orElse(UNKNOWN),
        entry.map(ManagedFieldsEntry::getTime).orElse(null),
        reason == null || reason.isBlank() ? null : printable(reason));
  }

  private static boolean has(Map<String, Object> fields, String... path) {
    Object at = fields;
    for (String step : path) {
      if (!(at instanceof Map<?, ?> map) || !map.containsKey(step)) {
        return false;
      }
      at = map.get(step);
    }
    return true;
  }

  /** In one line of a log, and in one Event: nobody writes a line of his own into either. */
  private static String printable(String text) {
    String line = text.strip().replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ");
    return line.length() <= MAX_REASON ? line : line.substring(0, MAX_REASON - 1) + "…";
  }

  /** {@code by kubectl-annotate at 2026-11-26T10:00:00Z, because "INC-42"}. */
  public String text() {
    return "by "
        + manager
        + (at == null ? "" : " at " + at)
        + (reason == null ? "" : ", because \"" + reason + "\"");
  }
}
