package aiqbridge.health;

import aiqbridge.Settings;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.DelegatingSpanData;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * OpenTelemetry traces of the routes, where {@code traces.endpoint} names a collector. What leaves is the order and the time of the steps:
 * an address, a statement, a message or a caller's word is in no span, whatever Camel wrote into it.
 */
public final class Traces implements AutoCloseable {
    private static final Set<String> KEPT =
            Set.of("component", "op", "http.method", "http.status_code", "error", "db.system");
    private final SdkTracerProvider provider;

    public Traces(Settings settings) {
        this(
                settings,
                OtlpHttpSpanExporter.builder()
                        .setEndpoint(settings.url("traces.endpoint").toString())
                        .setTimeout(Duration.ofSeconds(5))
                        .build());
    }

    Traces(Settings settings, SpanExporter collector) {
        provider = SdkTracerProvider.builder()
                .setResource(Resource.create(Attributes.builder()
                        .put("service.name", "aiq-bridge")
                        .put("service.instance.id", settings.text("node.name"))
                        .build()))
                .addSpanProcessor(
                        BatchSpanProcessor.builder(new Bare(collector)).build())
                .build();
    }

    public Tracer tracer() {
        return provider.get("aiq-bridge");
    }

    @Override
    public void close() {
        provider.close();
    }

    /** Hands spans on without what they should not say. */
    private record Bare(SpanExporter collector) implements SpanExporter {
        @Override
        public CompletableResultCode export(Collection<SpanData> spans) {
            return collector.export(spans.stream().<SpanData>map(BareSpan::new).toList());
        }

        @Override
        public CompletableResultCode flush() {
            return collector.flush();
        }

        @Override
        public CompletableResultCode shutdown() {
            return collector.shutdown();
        }
    }

    private static final class BareSpan extends DelegatingSpanData {
        BareSpan(SpanData span) {
            super(span);
        }

        /** The name of a route, a step or an HTTP method; anything else is the component alone. */
        @Override
        public String getName() {
            String name = super.getName();
            return name.matches("[A-Za-z][A-Za-z0-9-]{0,79}") ? name : "call";
        }

        @Override
        public Attributes getAttributes() {
            AttributesBuilder kept = Attributes.builder();
            super.getAttributes().forEach((key, value) -> {
                if (KEPT.contains(key.getKey())) {
                    kept.put(key.getKey(), String.valueOf(value));
                }
            });
            return kept.build();
        }

        @Override
        public List<EventData> getEvents() {
            return List.of();
        }

        @Override
        public StatusData getStatus() {
            return StatusData.create(super.getStatus().getStatusCode(), "");
        }
    }
}
