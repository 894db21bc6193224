/** What each verb of the API does, and what controllers of the API's own machinery do. */
@NullMarked
package io.warmgate.local.api.service;

import org.jspecify.annotations.NullMarked;
