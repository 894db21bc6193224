package io.warmgate.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.warmgate.crd.v1alpha1.ApiGateway;
import io.warmgate.operator.status.Notice;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Events against a server that answers what it is told to, refusals included. */
@EnableKubernetesMockClient(crud = true)
class EventWriterTest {
  @SuppressWarnings("NullAway") // set by the extension
  private KubernetesMockServer server;

  @SuppressWarnings("NullAway") // set by the extension
  private KubernetesClient client;

  private static Notice programmed() {
    ApiGateway gateway = new ApiGateway();
    gateway.setMetadata(
        new ObjectMetaBuilder().withNamespace("shop").withName("edge").withUid("u1").build());
    return new Notice(gateway, Notice.Severity.NORMAL, "Programmed", "every pod serves revision 1");
  }

  @Test
  void aNoticeBecomesAnEventOfItsObject() {
    try (EventWriter writer = new EventWriter(client, "operator-1")) {
      writer.write(programmed());
      await()
          .atMost(Duration.ofSeconds(10))
          .untilAsserted(
              () ->
                  assertThat(client.v1().events().inNamespace("shop").list().getItems())
                      .singleElement()
                      .satisfies(EventWriterTest::tellsOfTheGateway));
    }
  }

  private static void tellsOfTheGateway(Event event) {
    assertThat(event.getInvolvedObject().getKind()).isEqualTo("ApiGateway");
    assertThat(event.getInvolvedObject().getUid()).isEqualTo("u1");
    assertThat(event.getReason()).isEqualTo("Programmed");
  }

  @Test
  void oneThatIsRefusedIsLostAndTheNextIsWritten() {
    server
        .expect()
        .post()
        .withPath("/api/v1/namespaces/shop/events")
        .andReturn(403, new StatusBuilder().withCode(403).withReason("Forbidden").build())
        .once();
    try (EventWriter writer = new EventWriter(client, "operator-1")) {
      writer.write(programmed());
      writer.write(programmed());
      await()
          .atMost(Duration.ofSeconds(10))
          .until(() -> client.v1().events().inNamespace("shop").list().getItems().size() == 1);
    }
  }
}
