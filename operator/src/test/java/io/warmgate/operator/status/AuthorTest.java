package io.warmgate.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.warmgate.crd.v1alpha1.ApiConsumer;
import org.junit.jupiter.api.Test;

class AuthorTest {
  private static ObjectMeta meta(String yaml) {
    return Serialization.unmarshal(yaml, ObjectMeta.class);
  }

  @Test
  void theOneWhoWroteTheAnnotationAndNoOther() {
    ObjectMeta meta =
        meta(
            """
            name: catalog
            annotations: {warmgate.io/rollout: abort, warmgate.io/reason: INC-42}
            managedFields:
            - {manager: argocd, operation: Apply, time: "2026-11-26T11:00:00Z", fieldsV1: {"f:spec": {}}}
            - manager: kubectl-annotate
              operation: Update
              time: "2026-11-26T10:00:00Z"
              fieldsV1: {"f:metadata": {"f:annotations": {".": {}, "f:warmgate.io/rollout": {}}}}
            - manager: other
              operation: Update
              time: "2026-11-26T12:00:00Z"
              fieldsV1: {"f:metadata": {"f:annotations": {"f:team": {}}}}
            """);
    assertThat(Author.ofAnnotation(meta, "warmgate.io/rollout").text())
        .isEqualTo("by kubectl-annotate at 2026-11-26T10:00:00Z, because \"INC-42\"");
    assertThat(Author.ofSpec(meta.getManagedFields(), null).text())
        .isEqualTo("by argocd at 2026-11-26T11:00:00Z");
  }

  @Test
  void theLastOfSeveral() {
    ObjectMeta meta =
        meta(
            """
            managedFields:
            - {manager: old, time: "2026-11-26T10:00:00Z", fieldsV1: {"f:spec": {"f:mode": {}}}}
            - {manager: new, time: "2026-11-26T11:00:00Z", fieldsV1: {"f:spec": {"f:select": {}}}}
            - {manager: warmgate, time: "2026-11-26T12:00:00Z", fieldsV1: {"f:status": {}}}
            """);
    assertThat(Author.ofSpec(meta.getManagedFields(), null).manager()).isEqualTo("new");
  }

  @Test
  void whoDecidedOfThisRouteAndWhy() {
    ApiConsumer consumer =
        Serialization.unmarshal(
            """
            kind: ApiConsumer
            metadata: {name: partner, annotations: {warmgate.io/reason: INC-1}}
            spec:
              gatewayRef: {name: edge}
              routes: [{name: orders}, {name: prices}, {name: shared}]
              approvals: [{route: orders, state: Approved, reason: INC-2}, {route: prices, state: Revoked}]
            """,
            ApiConsumer.class);
    ObjectMeta meta =
        meta(
            """
            managedFields:
            - manager: alice
              time: "2026-11-26T10:00:00Z"
              fieldsV1: {"f:spec": {"f:approvals": {'k:{"route":"orders"}': {"f:state": {}}}}}
            - manager: bob
              time: "2026-11-26T11:00:00Z"
              fieldsV1: {"f:spec": {"f:approvals": {'k:{"route":"prices"}': {"f:state": {}}}}}
            - {manager: tenant, time: "2026-11-26T12:00:00Z", fieldsV1: {"f:spec": {"f:routes": {}}}}
            """);
    assertThat(Author.ofWish(consumer, meta.getManagedFields(), "orders").text())
        .isEqualTo("by alice at 2026-11-26T10:00:00Z, because \"INC-2\"");
    assertThat(Author.ofWish(consumer, meta.getManagedFields(), "prices").text())
        .isEqualTo("by bob at 2026-11-26T11:00:00Z, because \"INC-1\"");
    assertThat(Author.ofWish(consumer, meta.getManagedFields(), "shared").text())
        .as("nobody decided: who asked")
        .startsWith("by tenant at 2026-11-26T12:00:00Z");
  }

  @Test
  void whereNothingTellsItIsSomebody() {
    assertThat(Author.ofAnnotation(new ObjectMeta(), "warmgate.io/rollout").text())
        .isEqualTo("by somebody");
  }

  @Test
  void nobodyWritesALineOfHisOwnIntoTheLog() {
    ObjectMeta meta =
        meta("annotations: {warmgate.io/reason: \"a\\r\\n2026-11-26 INFO b\\u2028c\"}");
    Author author = Author.ofAnnotation(meta, "warmgate.io/rollout");
    assertThat(author.reason()).isEqualTo("a 2026-11-26 INFO b c");
    meta.getAnnotations().put(Author.REASON, "x".repeat(10_000));
    assertThat(Author.ofAnnotation(meta, "warmgate.io/rollout").reason()).hasSize(256);
  }
}
