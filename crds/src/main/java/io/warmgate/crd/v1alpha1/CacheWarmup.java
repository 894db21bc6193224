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
 * A warm-up, once, of what a gateway serves now: {@code Completed} means that all of the plan was
 * asked for, and that every answering pod was asked whether it has it.
 */
@JsonClassDescription(
    "Has answers in a gateway's caches before clients ask for them, once. What is there already "
        + "costs the backends nothing.")
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
    name = "Planned",
    type = AdditionalPrinterColumn.Type.INTEGER,
    jsonPath = ".status.planned",
    getDescription = "Requests that were chosen.")
@AdditionalPrinterColumn(
    name = "Certified",
    type = AdditionalPrinterColumn.Type.INTEGER,
    jsonPath = ".status.certified",
    getDescription = "Of them, are in the cache of every pod.")
@AdditionalPrinterColumn(
    name = "Failed",
    type = AdditionalPrinterColumn.Type.INTEGER,
    jsonPath = ".status.failed",
    getDescription = "Of them, could not be had, or cannot be kept.")
@AdditionalPrinterColumn(
    name = "Coverage",
    type = AdditionalPrinterColumn.Type.INTEGER,
    jsonPath = ".status.coveragePercent",
    getDescription = "The share of what clients ask for that is certified.",
    priority = 1)
@AdditionalPrinterColumn(
    name = "Age",
    type = AdditionalPrinterColumn.Type.DATE,
    jsonPath = ".metadata.creationTimestamp",
    getDescription = "How long ago it was created.")
@Group(ApiVersion.GROUP)
@Version(ApiVersion.VERSION)
@ShortNames("cw")
@Categories("warmgate")
public class CacheWarmup extends CustomResource<CacheWarmupSpec, CacheWarmupStatus>
    implements Namespaced {
  private static final long serialVersionUID = 1L;
}
