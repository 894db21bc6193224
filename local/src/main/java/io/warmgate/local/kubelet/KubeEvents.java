package io.warmgate.local.kubelet;

import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.warmgate.local.kubelet.workload.Timestamp;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes Events, in order and behind the caller's back; one that cannot be written is logged. */
public final class KubeEvents implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(KubeEvents.class);

  private final KubernetesClient client;
  private final ExecutorService writer =
      Executors.newSingleThreadExecutor(Thread.ofVirtual().name("events").factory());
  private final AtomicLong sequence = new AtomicLong(System.nanoTime());

  public KubeEvents(KubernetesClient client) {
    this.client = client;
  }

  /** Something went as it should. */
  public void normal(HasMetadata about, String reason, String message) {
    write(about, "Normal", reason, message);
  }

  /** Something that a user should see went wrong. */
  public void warning(HasMetadata about, String reason, String message) {
    write(about, "Warning", reason, message);
  }

  private void write(HasMetadata about, String type, String reason, String message) {
    String now = Timestamp.of(Instant.now());
    var meta = about.getMetadata();
    var event =
        new EventBuilder()
            .withNewMetadata()
            .withNamespace(meta.getNamespace())
            .withName(meta.getName() + "." + Long.toHexString(sequence.incrementAndGet()))
            .endMetadata()
            .withType(type)
            .withReason(reason)
            .withMessage(message)
            .withFirstTimestamp(now)
            .withLastTimestamp(now)
            .withCount(1)
            .withNewSource("warmgate-local", Kubelet.NODE)
            .withReportingComponent("warmgate-local")
            .withReportingInstance(Kubelet.NODE)
            .withNewInvolvedObject()
            .withApiVersion(about.getApiVersion())
            .withKind(about.getKind())
            .withNamespace(meta.getNamespace())
            .withName(meta.getName())
            .withUid(meta.getUid())
            .endInvolvedObject()
            .build();
    try {
      writer.execute(
          () -> {
            try {
              client.resource(event).create();
            } catch (KubernetesClientException refused) {
              log.debug("event {} {}: {}", reason, message, refused.getMessage());
            }
          });
    } catch (RejectedExecutionException closing) {
      log.debug("event {} {}: closing", reason, message);
    }
  }

  @Override
  public void close() {
    writer.shutdownNow();
  }
}
