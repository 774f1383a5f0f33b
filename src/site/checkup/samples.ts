/** Logs to try the check-up with. Each is a module of its own, since the page may open no connection. */
export const samples: { name: string; label: string; load: () => Promise<string> }[] = [
  {
    name: 'mmengine-explodes.log',
    label: 'A run that dies',
    load: async () => (await import('./samples/mmengine-explodes.log?raw')).default,
  },
  {
    name: 'lightning-metrics.csv',
    label: 'Twelve layers that do not learn',
    load: async () => (await import('./samples/lightning-metrics.csv?raw')).default,
  },
  {
    name: 'deepspeed.log',
    label: 'NaN, and healthy',
    load: async () => (await import('./samples/deepspeed.log?raw')).default,
  },
];
