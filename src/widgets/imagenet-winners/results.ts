/** Published results on ImageNet, each as its source prints it. The day on which they were last read: */
export const READ = '2026-11-29';

/** An entry of the challenge's task of classification, or a person. */
export interface Entry {
  year: number;
  name: string;
  /** Top-5 error on the test set, in percent. */
  error: number;
  /** Layers with weights of its deepest network; null where it is none, or no paper says. */
  layers: number | null;
  /** How many networks it averages; null where it is none, 'several' where no number is given. */
  networks: number | 'several' | null;
  extraData: boolean;
  /** Won its year. */
  won: boolean;
  /** What it is, in a few words. */
  what: string;
  source: string;
}

const entry = (
  year: number,
  name: string,
  error: number,
  own: Partial<Entry> & Pick<Entry, 'what' | 'source'>,
): Entry => ({
  ...{ year, name, error, layers: null, networks: null, extraData: false, won: true },
  ...own,
});

const CHALLENGE = 'Russakovsky et al. 2015';

export const entries: readonly Entry[] = [
  entry(2010, 'NEC-UIUC', 28.2, { what: 'no network: SIFT and LBP features', source: CHALLENGE }),
  entry(2011, 'XRCE', 25.8, { what: 'no network: Fisher vectors', source: CHALLENGE }),
  entry(2012, 'SuperVision', 16.4, {
    ...{ layers: 8, networks: 5, what: 'AlexNet' },
    source: 'Krizhevsky et al. 2012, table 2',
  }),
  entry(2012, 'SuperVision', 15.3, {
    ...{ layers: 8, networks: 7, extraData: true, what: 'AlexNet' },
    source: 'Krizhevsky et al. 2012, table 2',
  }),
  entry(2013, 'Clarifai', 11.7, {
    ...{ networks: 'several', what: 'after Zeiler & Fergus' },
    source: 'Simonyan & Zisserman 2015, table 7',
  }),
  entry(2013, 'Clarifai', 11.2, {
    ...{ networks: 'several', extraData: true, what: 'after Zeiler & Fergus' },
    source: 'Simonyan & Zisserman 2015, section 4.5',
  }),
  entry(2014, 'GoogLeNet', 6.67, {
    ...{ layers: 22, networks: 7, what: 'inception modules' },
    source: 'Szegedy et al. 2015, table 2',
  }),
  entry(2014, 'VGG', 7.32, {
    ...{ layers: 19, networks: 7, won: false, what: 'second place' },
    source: 'He et al. 2016, table 5',
  }),
  entry(2015, 'MSRA', 3.57, {
    ...{ layers: 152, networks: 6, what: 'ResNets of different depths' },
    source: 'He et al. 2016, table 5',
  }),
  entry(2016, 'Trimps-Soushen', 2.991, {
    ...{ networks: 'several', what: 'networks of others, averaged' },
    source: 'Hu et al. 2020, section 1',
  }),
  entry(2017, 'WMW', 2.251, {
    ...{ layers: 154, networks: 'several', what: 'SENets' },
    source: 'Hu et al. 2020, section 1',
  }),
];

/** A person who named images of the test set. */
export interface Annotator {
  name: string;
  error: number;
  /** Images for practice, and images named. */
  practised: number;
  images: number;
}

/** Russakovsky et al. 2015, section 6.4. */
export const annotators: readonly Annotator[] = [
  { name: 'annotator A1', error: 5.1, practised: 500, images: 1500 },
  { name: 'annotator A2', error: 12.0, practised: 100, images: 258 },
];

/** One network's top-5 error on the validation set, ten crops an image averaged, in percent. */
export interface OneNetwork {
  name: string;
  layers: number;
  error: number;
}

/** Krizhevsky et al. 2012, table 2; the others He et al. 2016, table 3, shortcuts B. */
export const withoutShortcuts: readonly OneNetwork[] = [
  { name: 'AlexNet', layers: 8, error: 18.2 },
  { name: 'VGG-16', layers: 16, error: 9.33 },
  { name: 'GoogLeNet', layers: 22, error: 9.15 },
  { name: 'plain-34', layers: 34, error: 10.02 },
];
export const residual: readonly OneNetwork[] = [
  { name: 'ResNet-34', layers: 34, error: 7.46 },
  { name: 'ResNet-50', layers: 50, error: 6.71 },
  { name: 'ResNet-101', layers: 101, error: 6.05 },
  { name: 'ResNet-152', layers: 152, error: 5.71 },
];

/** A single network's top-1 accuracy on the validation set, as its paper reports it. */
export interface Milestone {
  /** When the number first appeared. */
  date: string;
  name: string;
  /** In percent. */
  accuracy: number;
  /** In millions; null where its paper does not say. */
  parameters: number | null;
  /** What it saw beside the 1.28 million labelled images; '' for nothing. */
  extraData: string;
  source: string;
}

export const milestones: readonly Milestone[] = [
  {
    ...{ date: '2012', name: 'AlexNet', accuracy: 59.3, parameters: 60, extraData: '' },
    source: 'Krizhevsky et al. 2012, table 2',
  },
  {
    ...{ date: '2014-12', name: 'VGG', accuracy: 75.6, parameters: 144, extraData: '' },
    source: 'Simonyan & Zisserman 2015, table 7',
  },
  {
    ...{ date: '2015-12', name: 'ResNet-152', accuracy: 80.6, parameters: 60.2, extraData: '' },
    source: 'He et al. 2016, table 4',
  },
  {
    ...{ date: '2017-09', name: 'SENet-154', accuracy: 82.7, parameters: null, extraData: '' },
    source: 'Hu et al. 2020, table 8',
  },
  {
    ...{ date: '2019-05', name: 'EfficientNet-B7', accuracy: 84.3, parameters: 66, extraData: '' },
    source: 'Tan & Le 2019, table 2',
  },
  {
    ...{ date: '2020-01', name: 'Noisy Student', accuracy: 88.4, parameters: 480 },
    ...{ extraData: '300 million images without labels' },
    source: 'Xie et al. 2020, table 2',
  },
  {
    ...{ date: '2020-10', name: 'ViT-H/14', accuracy: 88.55, parameters: 632 },
    ...{ extraData: 'JFT-300M' },
    source: 'Dosovitskiy et al. 2021, table 2',
  },
  {
    ...{ date: '2021-01', name: 'Meta Pseudo Labels', accuracy: 90.2, parameters: 480 },
    ...{ extraData: '300 million images without labels' },
    source: 'Pham et al. 2021, table 4',
  },
  {
    ...{ date: '2021-06', name: 'ViT-G/14', accuracy: 90.45, parameters: 2000 },
    ...{ extraData: 'JFT-3B' },
    source: 'Zhai et al. 2022, table 1',
  },
  {
    ...{ date: '2021-11', name: 'MAE, ViT-H', accuracy: 87.8, parameters: 632, extraData: '' },
    source: 'He et al. 2022, table 3',
  },
  {
    ...{ date: '2022-03', name: 'Model soups', accuracy: 90.94, parameters: 2000 },
    ...{ extraData: 'JFT-3B' },
    source: 'Wortsman et al. 2022, table 4',
  },
  {
    ...{ date: '2022-05', name: 'CoCa', accuracy: 91.0, parameters: 2100 },
    ...{ extraData: 'JFT and ALIGN, pictures with texts' },
    source: 'Yu et al. 2022, table 2',
  },
  {
    ...{ date: '2023-02', name: 'BASIC-L, by Lion', accuracy: 91.1, parameters: null },
    ...{ extraData: 'billions of pictures with texts' },
    source: 'Chen et al. 2023, section 4.2',
  },
  {
    ...{ date: '2023-11', name: 'OmniVec', accuracy: 92.4, parameters: null },
    ...{ extraData: 'pictures, sound, text and 3D points' },
    source: 'Srivastava & Sharma 2024, table 13',
  },
  {
    ...{ date: '2024-06', name: 'OmniVec2', accuracy: 93.6, parameters: null },
    ...{ extraData: 'the same kinds, and more' },
    source: 'Srivastava & Sharma 2024b, supplement, table 4',
  },
];
