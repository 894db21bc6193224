package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/**
 * A purge, once: {@code Completed} means that no answering pod serves what it named, and that no
 * fill that began before brings it back.
 */
@JsonClassDescription(
    "Takes entries out of a gateway's caches, once. Completed means gone: no "
        + "answering pod serves what it named.")
@AdditionalPrinterColumn(
    name = "Gateway",
    type = AdditionalPrinterColumn.Type.STRING,
    jsonPath = ".spec.gatewayRef.name",
    getDescription = "The ApiGateway.")
@AdditionalPrinterColumn(
    name = "Phase",
    type = AdditionalPrinterColumn.Type.STRING,
    jsonPath = ".status.phase",
    getDescription = "How far it is.")
@AdditionalPrinterColumn(
    name = "Acknowledged",
    type = AdditionalPrinterColumn.Type.INTEGER,
    jsonPath = ".status.pods.acknowledged",
    getDescription = "Pods that applied it.")
@AdditionalPrinterColumn(
    name = "Pods",
    type = AdditionalPrinterColumn.Type.INTEGER,
    jsonPath = ".status.pods.answering",
    getDescription = "Pods that had to apply it.")
@AdditionalPrinterColumn(
    name = "Matched",
    type = AdditionalPrinterColumn.Type.INTEGER,
    jsonPath = ".status.matched",
    getDescription = "Of a dry run: entries that the selection names.",
    priority = 1)
@AdditionalPrinterColumn(
    name = "Age",
    type = AdditionalPrinterColumn.Type.DATE,
    jsonPath = ".metadata.creationTimestamp",
    getDescription = "How long ago it was created.")
@Group(ApiVersion.GROUP)
@Version(ApiVersion.VERSION)
@ShortNames("ci")
@Categories("warmgate")
public class CacheInvalidation
    extends CustomResource<CacheInvalidationSpec, CacheInvalidationStatus> implements Namespaced {
  private static final long serialVersionUID = 1L;
}
