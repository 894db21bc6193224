package io.warmgate.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.warmgate.crd.v1alpha1.AiModelBackend;
import io.warmgate.crd.v1alpha1.AiModelBackendSpec;
import io.warmgate.crd.v1alpha1.AiModelBackendStatus;
import io.warmgate.operator.gather.RecentWrites;
import io.warmgate.operator.status.ObjectStatus;
import io.warmgate.operator.status.Unattached;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Statuses against a server that answers what it is told to. */
@EnableKubernetesMockClient
class StatusWriterTest {
  private static final Instant SEEN = Instant.parse("2026-08-01T10:00:00Z");
  private static final Instant LATER = SEEN.plus(StatusWriter.PATIENCE);
  private static final String PATH =
      "/apis/warmgate.io/v1alpha1/namespaces/shop/aimodelbackends/gpt/status"
          + "?fieldManager=warmgate&force=true";

  @SuppressWarnings("NullAway") // set by the extension
  private KubernetesMockServer server;

  @SuppressWarnings("NullAway") // set by the extension
  private KubernetesClient client;

  @SuppressWarnings("NullAway") // set before each test
  private StatusWriter writer;

  @BeforeEach
  void open() {
    writer = new StatusWriter(client, new RecentWrites(), new SimpleMeterRegistry());
  }

  private static AiModelBackend model() {
    AiModelBackend model = new AiModelBackend();
    model.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace("shop")
            .withName("gpt")
            .withUid("u1")
            .withGeneration(1L)
            .withResourceVersion("7")
            .build());
    model.setSpec(
        Serialization.unmarshal("provider: OpenAI\nmodel: gpt-5", AiModelBackendSpec.class));
    return model;
  }

  @Test
  void whatNoGatewayHasIsToldOnlyIfItIsStillSo() throws InterruptedException {
    server
        .expect()
        .patch()
        .withPath(PATH)
        .andReturn(409, new StatusBuilder().withCode(409).withReason("Conflict").build())
        .once();
    ObjectStatus<AiModelBackendStatus> status = Unattached.model(model(), SEEN);

    assertThat(writer.offer(status, AiModelBackend::new, SEEN))
        .isEqualTo(new StatusWriter.Outcome.Held(LATER));
    assertThat(writer.offer(status, AiModelBackend::new, LATER))
        .as("a gateway was faster: it is looked at again")
        .isEqualTo(new StatusWriter.Outcome.Held(LATER));
    assertThat(server.takeRequest().getUtf8Body()).contains("\"resourceVersion\":\"7\"");
  }
}
