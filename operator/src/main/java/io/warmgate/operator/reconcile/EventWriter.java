package io.warmgate.operator.reconcile;

import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.warmgate.operator.status.Notice;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes Events, beside what matters: never waited for, a few at a time, and one that is refused is
 * logged and lost. Conditions say the same for longer.
 */
public final class EventWriter implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EventWriter.class);

  /** The API server keeps a note of this length (events.k8s.io/v1). */
  private static final int MAX_NOTE = 1_024;

  /** More than this many waiting are not worth writing: a burst says the same of every object. */
  private static final int MAX_WAITING = 200;

  private final KubernetesClient client;
  private final String reporter;
  private final ExecutorService executor =
      Executors.newFixedThreadPool(1, Thread.ofVirtual().name("events").factory());
  private final Semaphore waiting = new Semaphore(MAX_WAITING);

  /**
   * @param reporter the name of the operator's pod
   */
  public EventWriter(KubernetesClient client, String reporter) {
    this.client = client;
    this.reporter = reporter;
  }

  /** Writes that this became of the object. */
  public void write(Notice notice) {
    if (!waiting.tryAcquire()) {
      return;
    }
    executor.execute(
        () -> {
          try {
            create(notice);
          } catch (KubernetesClientException e) {
            LOG.debug("no Event {} for {}: {}", notice.reason(), notice.object(), e.getMessage());
          } finally {
            waiting.release();
          }
        });
  }

  private void create(Notice notice) {
    HasMetadata object = notice.about();
    String now = Instant.now().toString();
    String namespace = object.getMetadata().getNamespace();
    String note = notice.note();
    client
        .v1()
        .events()
        .inNamespace(namespace)
        .resource(
            new EventBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withGenerateName(object.getMetadata().getName() + ".")
                .endMetadata()
                .withNewInvolvedObject()
                .withApiVersion(object.getApiVersion())
                .withKind(object.getKind())
                .withNamespace(namespace)
                .withName(object.getMetadata().getName())
                .withUid(object.getMetadata().getUid())
                .endInvolvedObject()
                .withType(notice.severity().wire())
                .withReason(notice.reason())
                .withMessage(note.substring(0, Math.min(note.length(), MAX_NOTE)))
                .withFirstTimestamp(now)
                .withLastTimestamp(now)
                .withCount(1)
                .withNewSource()
                .withComponent("warmgate-operator")
                .endSource()
                .withReportingComponent("warmgate.io/operator")
                .withReportingInstance(reporter)
                .build())
        .create();
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
